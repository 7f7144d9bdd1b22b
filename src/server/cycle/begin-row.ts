import type { BeginState } from "~/trading/cycle/begin-cycle";
import type { Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { HAS_STANDING_ORDER } from "../orders/standing-sql";
import { outageSql } from "../venues/outage-sql";
import type { KeptClock } from "../venues/venue-time";

/**
 * All that beginning a cycle reads from the database, in one query. A cycle that begins
 * again keeps its settings version, because its earlier records were made with it.
 */
export type BeginRow = Omit<BeginState, "holder" | "venueNow" | "wallNow"> & {
  readonly botId: string;
  readonly userId: string;
  readonly cycleId: string;
  readonly epoch: bigint;
  readonly settingsVersion: number;
  /** Whether there are open positions, or orders that may have opened some. */
  readonly hasPositions: boolean;
  readonly hasDeadCycle: boolean;
  /** Whether older slots are still due: their cycle was set back, or their event was lost. */
  readonly hasOlderDue: boolean;
  readonly lastDoneSlot: number | null;
  /** The command that started it, and whether that accepted a proposal, which it is to place. */
  readonly commandId: string | null;
  readonly hasProposal: boolean;
  /** How often the cycle was set back, and the last failure. */
  readonly retries: number;
  readonly failure: string | null;
  readonly clock: KeptClock | null;
  /** The versions of the settings that opened the open positions. */
  readonly openedBy: readonly number[];
  /** What is known against asking its venue; null: nothing. */
  readonly outage: string | null;
};

type RawRow = Omit<BeginRow, "slot" | "lastDoneSlot" | "retryAt" | "clock" | "intervalMs"> & {
  readonly slot: Date;
  readonly retryAt: Date | null;
  readonly lastDoneSlot: Date | null;
  readonly intervalSeconds: number;
  readonly anchorWall: Date | null;
  readonly anchorMarket: Date | null;
  readonly speed: number | null;
  readonly previousSpeed: number | null;
  readonly highWater: Date | null;
};

type Due = { readonly botId: string; readonly cycleId: string; readonly wallNow: number };

const toBeginRow = (row: RawRow): BeginRow => {
  const { anchorWall, anchorMarket, speed, previousSpeed, highWater } = row;
  return {
    ...row,
    slot: row.slot.getTime(),
    intervalMs: row.intervalSeconds * 1000,
    retryAt: row.retryAt?.getTime() ?? null,
    lastDoneSlot: row.lastDoneSlot?.getTime() ?? null,
    clock:
      anchorWall && anchorMarket && highWater && speed !== null
        ? { anchorWall, anchorMarket, speed, previousSpeed, highWater }
        : null,
  };
};

/** Under the bot's lock. */
export const lockBeginRow = async (tx: Transaction, due: Due): Promise<BeginRow> => {
  // A separate statement: one that waits for a lock reads other rows as they were before it waited.
  await tx.$queryRaw`SELECT 1 FROM bot_leases WHERE bot_id = ${due.botId}::uuid FOR UPDATE`;
  return loadBeginRow(tx, due, Prisma.sql`FOR UPDATE OF c`);
};

export const loadBeginRow = async (tx: Transaction, due: Due, lock: Prisma.Sql = Prisma.empty): Promise<BeginRow> => {
  const [row] = await tx.$queryRaw<RawRow[]>`
    SELECT b.id AS "botId", b.user_id AS "userId", c.id AS "cycleId", c.slot, c.status AS "cycleStatus", c.holder AS "cycleHolder",
      b.status AS "botStatus", b.trading_state AS "tradingState",
      coalesce(c.settings_version, b.settings_version) AS "settingsVersion",
      c.command_id AS "commandId", EXISTS (SELECT 1 FROM proposals o WHERE o.command_id = c.command_id AND o.state = 'accepted') AS "hasProposal",
      c.retries, c.retry_at AS "retryAt", c.failure, b.interval_seconds AS "intervalSeconds", l.epoch, l.holder AS "leaseHolder",
      coalesce(l.expires_at > clock_timestamp(), false) AS "isLeaseCurrent",
      EXISTS (SELECT 1 FROM positions p WHERE p.bot_id = b.id AND p.closed_at IS NULL)
        OR ${HAS_STANDING_ORDER} AS "hasPositions",
      EXISTS (SELECT 1 FROM cycles r WHERE r.bot_id = b.id AND r.status = 'running' AND r.id <> c.id) AS "hasDeadCycle",
      EXISTS (SELECT 1 FROM cycles o WHERE o.bot_id = b.id AND o.status = 'due' AND o.slot < c.slot) AS "hasOlderDue",
      EXISTS (SELECT 1 FROM cycles n WHERE n.bot_id = b.id AND n.slot > c.slot AND n.started_at IS NOT NULL) AS "isOvertaken",
      (SELECT d.slot FROM cycles d WHERE d.bot_id = b.id AND d.slot < c.slot AND d.status = 'done'
        ORDER BY d.slot DESC LIMIT 1) AS "lastDoneSlot",
      k.anchor_wall AS "anchorWall", k.anchor_market AS "anchorMarket", k.speed,
      k.previous_speed AS "previousSpeed", k.high_water AS "highWater",
      ARRAY(SELECT DISTINCT p.settings_version FROM positions p WHERE p.bot_id = b.id AND p.closed_at IS NULL ORDER BY 1) AS "openedBy",
      (SELECT h.message FROM venue_health h WHERE h.venue_id = a.venue_id AND ${outageSql(due.wallNow)}) AS outage
    FROM bots b
    JOIN bot_leases l ON l.bot_id = b.id
    JOIN cycles c ON c.id = ${due.cycleId}::uuid AND c.bot_id = b.id
    JOIN accounts a ON a.id = b.account_id
    LEFT JOIN venue_clocks k ON k.venue_id = a.venue_id
    WHERE b.id = ${due.botId}::uuid
    ${lock}`;
  if (!row) throw new Error(`there is no cycle ${due.cycleId} of bot ${due.botId}`);
  return toBeginRow(row);
};
