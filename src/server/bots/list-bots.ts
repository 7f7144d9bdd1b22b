import type { BotSummary } from "~/contracts/bot-summary";
import { AppError } from "../errors";
import { Prisma } from "../db/prisma";
import type { Database } from "../db/client";
import type { Ports } from "../ports";

/** More bots than one page can show or one person can watch. */
const BOTS_MAX = 500;

type Amount = { toFixed(): string };
type Row = Omit<BotSummary, "allotment" | "equity" | "lastCycle"> & {
  readonly allotment: Amount;
  readonly equity: Amount | null;
  readonly cycleId: string | null;
  readonly cycleSlot: Date | null;
  readonly cycleStatus: string | null;
  readonly skipReason: string | null;
};

const toSummary = ({ cycleId, cycleSlot, cycleStatus, skipReason, ...row }: Row): BotSummary => ({
  ...row,
  allotment: row.allotment.toFixed(),
  equity: row.equity?.toFixed() ?? null,
  lastCycle:
    cycleId !== null && cycleSlot !== null && cycleStatus !== null
      ? { id: cycleId, slot: cycleSlot, status: cycleStatus, skipReason }
      : null,
});

/** A user's bots by a further condition. Another user's bots are not there. */
const selectBots = (db: Database, userId: string, condition: Prisma.Sql): Promise<Row[]> => db.$queryRaw<Row[]>`
  SELECT b.id, b.name, s.settings ->> 'mode' AS mode, b.account_kind AS "accountKind", b.status,
    b.trading_state AS "tradingState", a.currency, b.allotment, e.equity, e.at AS "equityAt",
    (SELECT count(*)::int FROM positions p WHERE p.bot_id = b.id AND p.closed_at IS NULL) AS "openPositions",
    c.id AS "cycleId", c.slot AS "cycleSlot", c.status::text AS "cycleStatus", c.skip_reason::text AS "skipReason"
  FROM bots b JOIN accounts a ON a.id = b.account_id
  JOIN bot_settings s ON s.bot_id = b.id AND s.version = b.settings_version
  LEFT JOIN LATERAL (SELECT equity, at FROM equity_points WHERE bot_id = b.id ORDER BY at DESC LIMIT 1) e ON true
  LEFT JOIN LATERAL (SELECT id, slot, status, skip_reason FROM cycles
    WHERE bot_id = b.id AND status <> 'due' ORDER BY slot DESC LIMIT 1) c ON true
  WHERE b.user_id = ${userId}::uuid AND ${condition} ORDER BY b.created_at, b.id LIMIT ${BOTS_MAX}`;

/** A user's own bots, oldest first, without archived ones. */
export const listBots = async ({ db }: Pick<Ports, "db">, userId: string): Promise<BotSummary[]> =>
  (await selectBots(db, userId, Prisma.sql`b.status <> 'archived'`)).map(toSummary);

/** One of a user's own bots, also an archived one. Throws AppError: another user's is as absent as none. */
export const getOwnedBot = async (
  { db }: Pick<Ports, "db">,
  { userId, botId }: { readonly userId: string; readonly botId: string },
): Promise<BotSummary> => {
  const [row] = await selectBots(db, userId, Prisma.sql`b.id = ${botId}::uuid`);
  if (!row) throw new AppError("not-found", "You have no such bot.");
  return toSummary(row);
};
