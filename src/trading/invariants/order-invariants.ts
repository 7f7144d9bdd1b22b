import { decimal } from "../money";
import type { Books, EntryFold, OrderFold, PositionFold } from "./books";
import { DAY_MS } from "../market/duration";

/** Each fill's profit is rounded to 8 decimals, each average to 18. */
const POSTING_STEP = decimal("1e-8");
const PRICE_STEP = decimal("1e-18");

/** The cost of the quantity held = entry value - cost of the exited part. That cost is exit value - profit (long). */
const costAddsUp = (position: PositionFold): boolean => {
  const { side, entryPrice, entryValue, exitValue, realizedPnl, entryFills, exitFills } = position;
  const exitCost = side === "long" ? exitValue.minus(realizedPnl) : exitValue.plus(realizedPnl);
  const held = position.entryQuantity.minus(position.exitQuantity).times(entryPrice);
  const bound = POSTING_STEP.times(entryFills + exitFills);
  return held.minus(entryValue.minus(exitCost)).abs().lte(bound);
};

const isAverage = ({ entryPrice, entryValue, entryQuantity, entryFills }: PositionFold): boolean =>
  entryPrice.times(entryQuantity).minus(entryValue).abs().lte(PRICE_STEP.times(entryFills).times(entryQuantity));

const priceFaults = (position: PositionFold): string[] => {
  // An entry fill after a partial exit is averaged with the remaining quantity only.
  const isMixed = position.entryFills > 1 && position.exitFills > 0;
  const isRight = isAverage(position) || (isMixed && costAddsUp(position));
  if (!isRight) return ["has another average price than its fills"];
  return costAddsUp(position) ? [] : ["made another profit than its fills"];
};

/** I3: a position is the sum of its fills in price, quantity and profit, and it is closed exactly when flat. */
export const positionsAreTheirFills = ({ positions }: Pick<Books, "positions">): string[] =>
  positions.flatMap((position) => {
    const held = position.entryQuantity.minus(position.exitQuantity);
    const broken: string[] = [];
    if (!held.eq(position.quantity)) broken.push(`holds ${position.quantity.toFixed()}, fills say ${held.toFixed()}`);
    if (position.isClosed !== held.isZero()) {
      broken.push(position.isClosed ? "is closed but not flat" : "is flat but not closed");
    }
    return [...broken, ...priceFaults(position)].map((text) => `position ${position.positionId} ${text}`);
  });

/** I4: no client order id and no venue fill is stored twice. */
export const idsAreUnique = ({ repeatedClientOrderIds, repeatedFillIds }: Books): string[] => [
  ...repeatedClientOrderIds.map((id) => `client order id ${id} stands twice`),
  ...repeatedFillIds.map((id) => `fill ${id} was booked twice`),
];

const EMPTY_STATUSES = ["pending", "submitting", "accepted", "rejected"];

/** `filled` has the whole quantity, `partiallyFilled` a part, and an order that never began to fill has none. */
const statusFits = ({ status, filledQuantity, quantity }: OrderFold): boolean => {
  if ((status === "filled") !== filledQuantity.eq(quantity)) return false;
  if (status === "partiallyFilled") return filledQuantity.gt(0);
  return filledQuantity.isZero() || !EMPTY_STATUSES.includes(status);
};

/** I5: never more filled than ordered, the filled quantity is the sum of the fills, and the status fits it. */
export const ordersFillOnce = ({ orders }: Pick<Books, "orders">): string[] =>
  orders.flatMap((order) => {
    const broken: string[] = [];
    if (order.filledQuantity.gt(order.quantity)) broken.push("is filled beyond its quantity");
    if (!order.filledQuantity.eq(order.fillsQuantity)) broken.push("disagrees with its fills");
    if (!statusFits(order)) broken.push(`is ${order.status} with ${order.filledQuantity.toFixed()} filled`);
    return broken.map((text) => `order ${order.clientOrderId} ${text}`);
  });

/**
 * I6: every open position has a stop on its losing side that its mark has not passed. Unlevered longs that the control
 * opened need none, whatever the bot's current settings.
 */
export const positionsAreProtected = ({ openPositions }: Books): string[] =>
  openPositions.flatMap((position) => {
    if (position.stopLoss === null) {
      const isHeld = position.isOfControl && position.side === "long" && position.leverage.eq(1);
      return isHeld ? [] : [`position ${position.id} has no stop`];
    }
    const isSafe = position.side === "long" ? position.stopLoss.lt(position.mark) : position.stopLoss.gt(position.mark);
    // A position whose fill came late may begin beyond its stop. The first candle after the fill then closes it.
    const isNew = position.settledThrough <= position.openedAt;
    // A stop moves by a candle's best price, also where that candle closes beyond it. The next one closes the position.
    const isMoved = position.stopMovedAt === position.markedAt;
    return isSafe || isNew || isMoved
      ? []
      : [`position ${position.id} was not closed at its stop ${position.stopLoss.toFixed()}`];
  });

/**
 * Whether some of the entries that share a key are more than the last of them was allowed to make them: each was let in
 * by the limits of its own time.
 */
const isAnyBeyond = (
  entries: readonly EntryFold[],
  keyOf: (entry: EntryFold) => string | number,
  most: "entriesPerCycleMax" | "tradesPerDayMax",
): boolean => {
  const groups = new Map<string | number, { count: number; last: EntryFold }>();
  for (const entry of entries) {
    const { count, last } = groups.get(keyOf(entry)) ?? { count: 0, last: entry };
    groups.set(keyOf(entry), { count: count + 1, last: entry.at >= last.at ? entry : last });
  }
  return [...groups.values()].some(({ count, last }) => count > last.limits[most]);
};

/** The newest of those that are held was let in beside all others. */
const isBeyondHeld = (held: Books["openPositions"]): boolean => {
  const [first, ...others] = held;
  if (!first) return false;
  const newest = others.reduce((last, each) => (each.openedAt >= last.openedAt ? each : last), first);
  return held.length > newest.limits.openPositionsMax;
};

const isBeyondStopLimits = ({ price, stopLoss, limits }: EntryFold): boolean => {
  if (price === null || stopLoss === null) return false;
  const distance = price.minus(stopLoss).abs().div(price);
  return distance.lt(limits.stopDistanceMin) || distance.gt(limits.stopDistanceMax);
};

const wasLetPass = ({ verdict, failedChecks }: EntryFold): boolean =>
  verdict !== null && verdict !== "rejected" && failedChecks === 0;

const entryFaults = (entry: EntryFold): string[] => {
  const { limits } = entry;
  const leverageMax = entry.side === "long" ? limits.longLeverageMax : limits.shortLeverageMax;
  const faults: string[] = [];
  if (entry.leverage.gt(leverageMax)) faults.push(`has leverage ${entry.leverage.toFixed()}`);
  if (isBeyondStopLimits(entry)) faults.push(`has its stop at ${entry.stopLoss?.toFixed()}`);
  if (!entry.judgedQuantity?.eq(entry.quantity)) faults.push("is not the quantity that was judged");
  if (!wasLetPass(entry)) faults.push("was not let pass");
  return faults.map((text) => `entry ${entry.clientOrderId} ${text}`);
};

/** I9: no order in the log exceeded a limit of its time, and each ordered quantity is the judged one. */
export const ordersKeepTheLimits = ({ entries, openPositions }: Pick<Books, "entries" | "openPositions">): string[] => {
  const broken = entries.flatMap(entryFaults);
  if (isAnyBeyond(entries, ({ cycleId }) => cycleId, "entriesPerCycleMax")) {
    broken.push("too many entries in one cycle");
  }
  if (isAnyBeyond(entries, ({ at }) => Math.floor(at / DAY_MS), "tradesPerDayMax")) {
    broken.push("too many entries in one day");
  }
  if (isBeyondHeld(openPositions)) broken.push("too many open positions");
  return broken;
};
