import type { RiskLimits } from "../risk/risk-limits";
import type { Books, EntryFold } from "./books";

/** I3: a position is the sum of its fills, its price their average, and it is closed exactly when flat. */
export const positionsAreTheirFills = ({ positions }: Books): string[] =>
  positions.flatMap((position) => {
    const held = position.entryQuantity.minus(position.exitQuantity);
    const broken: string[] = [];
    if (!held.eq(position.quantity)) broken.push(`holds ${position.quantity.toFixed()}, fills say ${held.toFixed()}`);
    if (position.isClosed !== held.isZero()) {
      broken.push(position.isClosed ? "is closed but not flat" : "is flat but not closed");
    }
    if (!position.entryValue.eq(position.entryPrice.times(position.entryQuantity))) {
      broken.push("has another average price than its fills");
    }
    return broken.map((text) => `position ${position.positionId} ${text}`);
  });

/** I4: no client order id and no fill of a venue stands twice. */
export const idsAreUnique = ({ repeatedClientOrderIds, repeatedFillIds }: Books): string[] => [
  ...repeatedClientOrderIds.map((id) => `client order id ${id} stands twice`),
  ...repeatedFillIds.map((id) => `fill ${id} was booked twice`),
];

/** I5: never more filled than ordered, the order's fill is that of its fills, and a filled order is filled whole. */
export const ordersFillOnce = ({ orders }: Books): string[] =>
  orders.flatMap((order) => {
    const broken: string[] = [];
    if (order.filledQuantity.gt(order.quantity)) broken.push("is filled beyond its quantity");
    if (!order.filledQuantity.eq(order.fillsQuantity)) broken.push("disagrees with its fills");
    if ((order.status === "filled") !== order.filledQuantity.eq(order.quantity)) {
      broken.push(`is ${order.status} with ${order.filledQuantity.toFixed()} filled`);
    }
    return broken.map((text) => `order ${order.clientOrderId} ${text}`);
  });

/** I6: every open position has a stop on its losing side that was not passed; the control's unlevered longs need none. */
export const positionsAreProtected = ({ openPositions, isControl }: Books): string[] =>
  openPositions.flatMap((position) => {
    if (position.stopLoss === null) {
      const isHeld = isControl && position.side === "long" && position.leverage.eq(1);
      return isHeld ? [] : [`position ${position.id} has no stop`];
    }
    const isSafe = position.side === "long" ? position.stopLoss.lt(position.mark) : position.stopLoss.gt(position.mark);
    return isSafe ? [] : [`position ${position.id} was not closed at its stop ${position.stopLoss.toFixed()}`];
  });

const DAY_MS = 86_400_000;

const mostIn = (entries: readonly EntryFold[], keyOf: (entry: EntryFold) => string | number): number => {
  const counts = new Map<string | number, number>();
  for (const entry of entries) counts.set(keyOf(entry), (counts.get(keyOf(entry)) ?? 0) + 1);
  return Math.max(0, ...counts.values());
};

const isBeyondStopLimits = ({ price, stopLoss }: EntryFold, limits: RiskLimits): boolean => {
  if (price === null || stopLoss === null) return false;
  const distance = price.minus(stopLoss).abs().div(price);
  return distance.lt(limits.stopDistanceMin) || distance.gt(limits.stopDistanceMax);
};

const wasLetPass = ({ verdict, failedChecks }: EntryFold): boolean =>
  verdict !== null && verdict !== "rejected" && failedChecks === 0;

const entryFaults = (entry: EntryFold, limits: RiskLimits): string[] => {
  const leverageMax = entry.side === "long" ? limits.longLeverageMax : limits.shortLeverageMax;
  const faults: string[] = [];
  if (entry.leverage.gt(leverageMax)) faults.push(`has leverage ${entry.leverage.toFixed()}`);
  if (isBeyondStopLimits(entry, limits)) faults.push(`has its stop at ${entry.stopLoss?.toFixed()}`);
  if (!entry.judgedQuantity?.eq(entry.quantity)) faults.push("is not the quantity that was judged");
  if (!wasLetPass(entry)) faults.push("was not let pass");
  return faults.map((text) => `entry ${entry.clientOrderId} ${text}`);
};

/** I9: no order in the log went past a limit, and what was judged is what was ordered. */
export const ordersKeepTheLimits = ({ entries, openPositions, limits }: Books): string[] => {
  const broken = entries.flatMap((entry) => entryFaults(entry, limits));
  if (mostIn(entries, (entry) => entry.cycleId) > limits.entriesPerCycleMax) {
    broken.push("too many entries in one cycle");
  }
  if (mostIn(entries, (entry) => Math.floor(entry.at / DAY_MS)) > limits.tradesPerDayMax) {
    broken.push("too many entries in one day");
  }
  if (openPositions.length > limits.openPositionsMax) broken.push("too many open positions");
  return broken;
};
