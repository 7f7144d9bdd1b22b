import { releaseControl } from "~/trading/cycle/release-control";
import { isControl } from "~/trading/decision/is-control";
import type { Candle } from "~/trading/market/candle";
import { decimal } from "~/trading/money";
import { isQuietlySettled } from "~/trading/settlement/settled-events";
import { settlePosition, type Settled } from "~/trading/settlement/settle-position";
import { VENUE_CATALOGUE } from "~/trading/venue-catalogue";
import type { OpenedPosition } from "../books/opened-positions";
import { toColumn, toColumnOrNull } from "../db/amounts";
import { inTransaction } from "../db/in-transaction";
import { Prisma } from "../db/prisma";
import { readStoredMarket } from "../market/read-closed-candles";
import { logHiddenFailure } from "./describe-failure";
import { findGuardedBots, GUARDED_PER_PAGE, type GuardedBooks, type GuardedBot } from "./find-guarded-bots";
import { guardBot } from "./guard-positions";
import { slotInHandSql } from "./slot-in-hand";

type GuardPorts = Parameters<typeof guardBot>[0];
type CandlesOf = (books: GuardedBooks, position: OpenedPosition) => Promise<readonly Candle[]>;

/** Reads the candles since a settlement once, however many positions were settled until then. */
const createCandlesOf = (ports: GuardPorts): CandlesOf => {
  const reads = new Map<string, Promise<readonly Candle[]>>();
  return ({ venue, finestTimeframe: timeframe, now }, { marketId: id, pair, marketType, settledThrough: from }) => {
    const key = `${id}:${from}:${now}`;
    const known =
      reads.get(key) ?? readStoredMarket(ports, { id, pair, marketType, venue }, { timeframe, from, closedBy: now });
    reads.set(key, known);
    return known;
  };
};

type Moved = {
  readonly bot: GuardedBot;
  readonly books: GuardedBooks;
  readonly position: OpenedPosition;
  readonly settled: Settled;
};

/** On spot nobody is paid; elsewhere any payment is left to the guard of that bot, which knows the rate. */
const unfunded = ({ marketType }: OpenedPosition) => (marketType === "spot" ? { funding: null } : {});

/** The bot's positions of which something new is known; null: one closes, is paid funding or has levels to be taken off first. */
const moveBot = async (bot: GuardedBot, books: GuardedBooks, candlesOf: CandlesOf): Promise<Moved[] | null> => {
  const moved: Moved[] = [];
  const { finestTimeframe: timeframe, venue, through: time } = books;
  const takerFeeRate = decimal(VENUE_CATALOGUE[venue.kind].fees.taker);
  for (const position of books.positions) {
    if (releaseControl(position, isControl(position.openedBy)) !== position) return null;
    const terms = {
      timeframe,
      tick: decimal(position.tick),
      lot: decimal(position.lot),
      takerFeeRate,
      time,
      ...unfunded(position),
    };
    const settled = settlePosition(position, await candlesOf(books, position), terms);
    if (!isQuietlySettled(settled)) return null;
    if (settled.settledThrough !== position.settledThrough) moved.push({ bot, books, position, settled });
  }
  return moved;
};

const iso = (time: number): string => new Date(time).toISOString();

/**
 * Advances positions by compare-and-set, under the locks of their bots. A bot that another has locked, that was told
 * something since, has got a slot in hand before or was marked after this time is left to the next guard.
 */
const advance = async ({ db }: GuardPorts, moved: readonly Moved[]): Promise<void> => {
  if (moved.length === 0) return;
  const botIds = [...new Set(moved.map(({ bot }) => bot.botId))];
  const rows = moved.map(({ bot, books, position, settled }) => ({
    id: position.id,
    bot_id: bot.botId,
    epoch: String(books.epoch),
    before: iso(position.settledThrough),
    now: iso(books.now),
    through: iso(books.through),
    settled_through: iso(settled.settledThrough),
    stop_loss: toColumnOrNull(settled.stopLoss),
    take_profit: toColumnOrNull(settled.takeProfit),
    mark: toColumn(settled.mark),
    marked_at: iso(settled.markedAt),
    exit_plan: settled.exitPlan,
  }));
  await inTransaction(db, async (tx) => {
    const locked = await tx.$queryRaw<{ botId: string }[]>`
      SELECT bot_id AS "botId" FROM bot_leases WHERE bot_id = ANY(${botIds}::uuid[]) ORDER BY bot_id FOR UPDATE SKIP LOCKED`;
    // By a statement of its own: what was committed before the locks is seen.
    await tx.$executeRaw`
      UPDATE positions p SET settled_through = r.settled_through, stop_loss = r.stop_loss, take_profit = r.take_profit, mark = r.mark, marked_at = r.marked_at, exit_plan = r.exit_plan
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, bot_id uuid, epoch bigint, before timestamptz, now timestamptz,
        through timestamptz, settled_through timestamptz, stop_loss numeric, take_profit numeric, mark numeric, marked_at timestamptz, exit_plan jsonb)
      JOIN bots b ON b.id = r.bot_id JOIN bot_leases l ON l.bot_id = b.id AND l.epoch = r.epoch LEFT JOIN equity_memories m ON m.bot_id = b.id
      WHERE p.id = r.id AND p.settled_through = r.before AND p.closed_at IS NULL
        AND b.id = ANY(${locked.map(({ botId }) => botId)}::uuid[])
        AND coalesce(${slotInHandSql(Prisma.sql`r.now`)} >= r.through, true) AND coalesce(m.at <= r.through, true)`;
  });
};

/** So many bots at once are guarded by themselves. */
const ALONE_AT_ONCE = 50;

type Outcome = { readonly closed: number; readonly failed: readonly unknown[] };

/** One bot that cannot be settled must not leave the others unguarded. */
const guardAlone = async (ports: GuardPorts, bots: readonly GuardedBot[]): Promise<Outcome> => {
  const failed: unknown[] = [];
  let closed = 0;
  for (let from = 0; from < bots.length; from += ALONE_AT_ONCE) {
    const some = bots.slice(from, from + ALONE_AT_ONCE);
    for (const outcome of await Promise.allSettled(some.map((bot) => guardBot(ports, bot)))) {
      if (outcome.status === "fulfilled") closed += outcome.value;
      else failed.push(outcome.reason);
    }
  }
  return { closed, failed };
};

/**
 * Settles the open positions of bots up to the present. Those of bots of which none closes, as of most, are advanced
 * together, by what `guardBot` would come to; the others are guarded one by one.
 */
export const guardBots = async (ports: GuardPorts, bots: readonly GuardedBot[]): Promise<Outcome> => {
  const candlesOf = createCandlesOf(ports);
  const alone: GuardedBot[] = [];
  const moves = bots.map(async (bot): Promise<readonly Moved[]> => {
    // What cannot be read here fails for that bot alone.
    const moved = bot.books && (await moveBot(bot, bot.books, candlesOf).catch(() => null));
    if (moved === null) alone.push(bot);
    return moved ?? [];
  });
  const moved = (await Promise.all(moves)).flat();
  await advance(ports, moved).catch((error: unknown) => {
    // One that cannot be written fails the statement of all of them, and then alone.
    logHiddenFailure("guard", error);
    alone.push(...new Set(moved.map(({ bot }) => bot)));
  });
  return guardAlone(ports, alone);
};

/** Guards the page of bots after an id. `last`: the last one's id; null: no page comes after it. */
export const guardPage = async (ports: GuardPorts, after: string) => {
  const bots = await findGuardedBots(ports, after);
  const { closed, failed } = await guardBots(ports, bots);
  const last = bots.length < GUARDED_PER_PAGE ? null : (bots.at(-1)?.botId ?? null);
  return { last, closed, failed: failed.map(String).slice(0, 5) };
};
