import { matchingSchema } from "~/trading/execution/matching";
import type { PositionSide } from "~/trading/portfolio/position-side";
import { dropLegs, exitPlanSchema, type ExitPlan } from "~/trading/portfolio/exit-plan";
import type { PlannedPosition } from "~/trading/portfolio/position";
import { fromColumn, fromColumnOrNull } from "../db/amounts";
import type { Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { IS_ENTERING } from "./bot-status-sql";

export type StoredPosition = PlannedPosition & {
  readonly marketId: number;
  /** The version of the bot's settings that opened it. */
  readonly settingsVersion: number;
};

type Amount = { toString(): string };

/** An open position's own columns, as PostgreSQL gives them. */
export type PositionColumns = {
  readonly id: string;
  readonly pair: string;
  readonly side: PositionSide;
  readonly quantity: Amount;
  readonly entryPrice: Amount;
  readonly leverage: Amount;
  readonly margin: Amount;
  readonly stopLoss: Amount | null;
  readonly takeProfit: Amount | null;
  readonly mark: Amount;
  readonly markedAt: Date;
  readonly openedAt: Date;
};

/** An open position as PostgreSQL gives it. */
export type PositionRow = PositionColumns & {
  readonly marketId: number;
  readonly settingsVersion: number;
  readonly exitPlan: unknown;
  /** Whether its bot still enters anything: it runs, and is not reducing. */
  readonly mayEnter: boolean;
  /** As the settings that opened it have it; null where they were stored before there was a choice. */
  readonly matching: unknown;
  readonly settledThrough: Date;
};

/** Their amounts as Decimals. */
export const positionAmounts = (row: PositionColumns) => ({
  quantity: fromColumn(row.quantity),
  entryPrice: fromColumn(row.entryPrice),
  leverage: fromColumn(row.leverage),
  margin: fromColumn(row.margin),
  stopLoss: fromColumnOrNull(row.stopLoss),
  takeProfit: fromColumnOrNull(row.takeProfit),
  mark: fromColumn(row.mark),
});

/** Whether the bot still enters anything: that of a position `p`. */
export const MAY_ENTER_SQL = Prisma.sql`(SELECT ${IS_ENTERING} FROM bots b WHERE b.id = p.bot_id)`;

/** The plan of a position. Of a bot that enters nothing now, no legs of the entry are to come. */
export const planOf = ({ exitPlan, mayEnter }: Pick<PositionRow, "exitPlan" | "mayEnter">): ExitPlan => {
  const plan = exitPlanSchema.parse(exitPlan);
  return mayEnter ? plan : dropLegs(plan);
};

/** The columns of position `p` of market `k`. */
export const POSITION_COLUMNS = Prisma.sql`p.id, p.market_id AS "marketId", k.pair, p.side, p.quantity,
  p.entry_price AS "entryPrice", p.leverage, p.margin, p.stop_loss AS "stopLoss", p.take_profit AS "takeProfit",
  p.opened_at AS "openedAt", p.settled_through AS "settledThrough", p.mark, p.marked_at AS "markedAt",
  p.settings_version AS "settingsVersion", p.exit_plan AS "exitPlan",
  ${MAY_ENTER_SQL} AS "mayEnter",
  (SELECT v.settings->'matching' FROM bot_settings v WHERE v.bot_id = p.bot_id AND v.version = p.settings_version) AS matching`;

export const toPosition = (row: PositionRow): StoredPosition => ({
  ...positionAmounts(row),
  id: row.id,
  pair: row.pair,
  side: row.side,
  marketId: row.marketId,
  settingsVersion: row.settingsVersion,
  exitPlan: planOf(row),
  matching: matchingSchema.parse(row.matching ?? undefined),
  openedAt: row.openedAt.getTime(),
  settledThrough: row.settledThrough.getTime(),
  markedAt: row.markedAt.getTime(),
});

/**
 * Bots' open positions by the bots' ids, each bot's in the order in which they were opened and, at one instant, of their
 * markets. A bot without one is missing.
 */
export const loadOpenPositionsOf = async (
  tx: Transaction,
  botIds: readonly string[],
): Promise<ReadonlyMap<string, StoredPosition[]>> => {
  const rows = await tx.$queryRaw<(PositionRow & { readonly botId: string })[]>`
    SELECT p.bot_id AS "botId", ${POSITION_COLUMNS} FROM positions p JOIN markets k ON k.id = p.market_id
    WHERE p.bot_id = ANY(${botIds}::uuid[]) AND p.closed_at IS NULL ORDER BY p.opened_at, p.market_id`;
  const held = new Map<string, StoredPosition[]>();
  for (const row of rows) {
    const positions = held.get(row.botId) ?? [];
    if (positions.length === 0) held.set(row.botId, positions);
    positions.push(toPosition(row));
  }
  return held;
};

/** One bot's open positions. */
export const loadOpenPositions = async (tx: Transaction, botId: string): Promise<StoredPosition[]> =>
  (await loadOpenPositionsOf(tx, [botId])).get(botId) ?? [];
