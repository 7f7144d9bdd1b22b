import { z } from "zod";
import { VENUE_CATALOGUE } from "~/trading/venue-catalogue";
import type { PositionView } from "~/contracts/position-view";
import { entrySideOf } from "~/trading/execution/fill-market-order";
import { matchingSchema, type Matching } from "~/trading/execution/matching";
import { isFundingKnown } from "~/trading/settlement/funding";
import { sumOf } from "~/trading/money";
import { exitReasonSchema } from "~/trading/portfolio/exit-reason";
import { unrealizedPnl } from "~/trading/portfolio/position";
import { fromColumn } from "../../db/amounts";
import type { Database } from "../../db/client";
import type { Prisma } from "../../db/prisma";
import { toLedgerLine } from "../ledger/ledger-line";
import { findAdditions } from "../fill-facts";
import { viewExitPlan } from "../exit-plan-view";
import { priceDigitsOf } from "../price-digits";
import type { Ports } from "../../ports";
import { findOwnPosition, type OwnedPosition } from "../../tenant/find-own";
import type { OwnBotId, OwnPositionId } from "../../tenant/own-id";
import { IS_WITHOUT_PRICE } from "../../venues/is-without-price";
import { toOrderViews, WITH_ORDER, type IntentRow } from "./order-view";

const invalidationSchema = z.array(z.string());

const WITH_ALL = {
  bot: { include: { account: { include: { venue: true } } } },
  market: { select: { pair: true, marketType: true, tick: true } },
  settings: { select: { settings: true } },
  fills: { orderBy: { filledAt: "asc" }, include: { order: { select: { intentId: true } } } },
  trade: true,
  ledgerEntries: { orderBy: { id: "asc" } },
} as const satisfies Prisma.PositionInclude;

const findPosition = (db: Database, owned: OwnedPosition) => findOwnPosition(db, owned, WITH_ALL);
type PositionRow = Awaited<ReturnType<typeof findPosition>>;

/** Everything that was ordered for it: an entry by its fill, exits also where nothing came of them; at one time entries first. */
const loadIntents = (db: Database, { id, botId, fills }: PositionRow): Promise<IntentRow[]> =>
  db.orderIntent.findMany({
    where: { botId, OR: [{ positionId: id }, { id: { in: fills.map(({ order }) => order.intentId) } }] },
    include: WITH_ORDER,
    orderBy: [{ intendedAt: "asc" }, { purpose: "asc" }, { clientOrderId: "asc" }],
  });

/** A protective exit belongs to the first finished cycle whose slot had come when it was booked; null: none yet. */
const findSettlingCycle = async (db: Database, row: PositionRow, exitFillId: string): Promise<string | null> => {
  const booked = row.ledgerEntries.find(({ fillId }) => fillId === exitFillId)?.postedAt;
  if (!booked) return null;
  const where = { botId: row.botId, status: "done" as const, slot: { gte: booked } };
  return (await db.cycle.findFirst({ where, orderBy: { slot: "asc" }, select: { id: true } }))?.id ?? null;
};

const findCycles = async (db: Database, row: PositionRow, intents: readonly IntentRow[]) => {
  const intentOf = (orderId: string | undefined): IntentRow | undefined =>
    intents.find(({ orders }) => orders.some(({ id }) => id === orderId));
  const entrySide = entrySideOf(row.side);
  // A leg of the first candle is filled at the time of the entry itself.
  const entry = intents.find(({ purpose }) => purpose === "entry");
  const exit = row.fills.findLast(({ side }) => side !== entrySide);
  const findClosing = async (of: NonNullable<typeof exit>): Promise<string | null> =>
    intentOf(of.orderId)?.cycleId ?? (await findSettlingCycle(db, row, of.id));
  return {
    openedByCycle: entry?.cycleId ?? null,
    closedByCycle: exit && row.trade ? await findClosing(exit) : null,
    closedEarlyIf: entry ? await loadInvalidation(db, row.botId, entry.decisionId) : [],
  };
};

const loadInvalidation = async (db: Database, botId: OwnBotId, decisionId: string | null): Promise<string[]> => {
  if (decisionId === null) return [];
  const where = { id: decisionId, cycle: { botId } };
  const decision = await db.decision.findUnique({ where, select: { invalidation: true } });
  return invalidationSchema.parse(decision?.invalidation ?? []);
};

/** Of the settings that opened it. */
const matchingOf = ({ settings }: PositionRow): Matching => {
  const { data } = z.object({ matching: matchingSchema }).safeParse(settings.settings);
  return data?.matching ?? { version: 1 };
};

const toClosed = ({ trade, ...row }: PositionRow): PositionView["closed"] =>
  trade && {
    isFundingKnown: isFundingKnown({ marketType: row.market.marketType, matching: matchingOf({ trade, ...row }) }),
    exitPrice: trade.exitPrice.toFixed(),
    exitedAt: trade.exitedAt,
    exitReason: exitReasonSchema.parse(trade.exitReason),
    pnl: {
      gross: trade.grossPnl.toFixed(),
      slippage: trade.slippage.toFixed(),
      fees: trade.fees.toFixed(),
      funding: trade.funding.toFixed(),
      net: trade.realizedPnl.toFixed(),
    },
  };

const unrealizedOf = (row: PositionRow): string =>
  unrealizedPnl({
    side: row.side,
    entryPrice: fromColumn(row.entryPrice),
    mark: fromColumn(row.mark),
    quantity: fromColumn(row.quantity),
  }).toFixed();

const describeRow = (row: PositionRow) => {
  const { venue, currency } = row.bot.account;
  const priceDigits = priceDigitsOf(row.market.tick);
  const { stopName, exits, isClosing } = viewExitPlan(row, priceDigits);
  const entries = row.fills.filter(({ side }) => side === entrySideOf(row.side));
  const entered = sumOf(entries.map(({ quantity }) => fromColumn(quantity)));
  return {
    id: row.id,
    bot: { id: row.botId, name: row.bot.name, currency, isSimulated: VENUE_CATALOGUE[venue.kind].isSimulated },
    pair: row.market.pair,
    priceDigits,
    side: row.side,
    quantity: (row.closedAt === null ? fromColumn(row.quantity) : entered).toFixed(),
    entered: entered.toFixed(),
    entryPrice: row.entryPrice.toFixed(),
    leverage: row.leverage.toFixed(),
    stopLoss: row.stopLoss?.toFixed() ?? null,
    takeProfit: row.takeProfit?.toFixed() ?? null,
    stopName,
    exits: [...exits],
    isClosing,
    openedAt: row.openedAt,
    mark: row.mark.toFixed(),
    markedAt: row.markedAt,
    unrealized: row.closedAt === null ? unrealizedOf(row) : null,
    isHistory: venue.openedAt !== null && row.openedAt < venue.openedAt,
  };
};

const isWithoutPrice = async (db: Database, positionId: OwnPositionId): Promise<boolean> => {
  const [found] = await db.$queryRaw<{ isWithoutPrice: boolean }[]>`
    SELECT p.closed_at IS NULL AND ${IS_WITHOUT_PRICE} AS "isWithoutPrice" FROM positions p WHERE p.id = ${positionId}::uuid`;
  return found?.isWithoutPrice ?? false;
};

/** One of a user's positions with all that made it. Throws AppError; another user's position counts as absent. */
export const getPosition = async ({ db }: Pick<Ports, "db">, owned: OwnedPosition): Promise<PositionView> => {
  const row = await findPosition(db, owned);
  const intents = await loadIntents(db, row);
  return {
    ...describeRow(row),
    ...(await findCycles(db, row, intents)),
    isWithoutPrice: await isWithoutPrice(db, row.id),
    closed: toClosed(row),
    orders: toOrderViews(intents, await findAdditions(db, { botId: row.botId, intents })),
    ledger: row.ledgerEntries.map(toLedgerLine),
  };
};
