import { formatGrouped } from "../format-number";
import { decimal } from "../money";
import type { ExitPlan, PlannedCondition } from "./exit-plan";
import { formatPercent } from "../format-percent";

const STOPS: Readonly<Record<ExitPlan["stopBy"], string>> = {
  "stop-loss": "stop",
  "break-even": "break-even stop",
  "trailing-stop": "trailing stop",
};

/** What put a position's stop where it is, in words for its level. */
export const describeStop = ({ stopBy }: Pick<ExitPlan, "stopBy">): string => STOPS[stopBy];

type Words = { readonly price: (text: string) => string; readonly time: (at: number) => string };

const describeTrail = (trail: NonNullable<ExitPlan["trail"]>, { price }: Words): string => {
  const how = {
    percent: () => (trail.by === "percent" ? `${formatPercent(trail.distance)} behind the best price` : ""),
    atr: () => (trail.by === "atr" ? `${trail.multiple} ATR14 behind each close` : ""),
    supertrend: () => "on Supertrend(10,3)",
  }[trail.by]();
  return trail.from === null ? `The stop trails ${how}` : `The stop trails ${how} once ${price(trail.from)} is reached`;
};

const describeCondition = (condition: PlannedCondition, { price, time }: Words): string => {
  if (condition.on === "time") {
    return `Closes if ${price(condition.unlessPrice)} is not reached by ${time(condition.at)}`;
  }
  const side = condition.operator === "<" ? "below" : "above";
  const closes = condition.candles === 1 ? "a close" : `${condition.candles} closes in a row`;
  return `Closes after ${closes} ${side} ${price(condition.price)}`;
};

const describeParts = ({ remainingLegs, filledTargets }: ExitPlan, { price }: Words): string[] => [
  ...filledTargets.map(({ target, quantity }) => `${quantity} left at its target ${price(target)}`),
  ...remainingLegs.map(({ target, quantity }) => `${quantity} leaves at ${price(target)}`),
];

const describeLegs = ({ entryLegs, enteredLegs, droppedLegs, added }: ExitPlan, { price }: Words): string[] => [
  ...enteredLegs.map((leg) => `${leg.quantity} more was entered at its leg ${price(leg.price)}`),
  ...entryLegs.map((leg) => `${leg.quantity} more is entered at ${price(leg.price)}`),
  ...droppedLegs.map((leg) => `${leg.quantity} at its leg ${price(leg.price)} was dropped`),
  ...(added > 0 ? ["A later decision added to it"] : []),
];

/** What its trader ordered. */
const describeOrders = ({ stopOrdered, closeOrderedAt, exitsOrdered }: ExitPlan, { price, time }: Words): string[] => [
  ...(stopOrdered
    ? [`The stop goes to ${price(stopOrdered.level)} at the first open from ${time(stopOrdered.at)} on`]
    : []),
  ...(exitsOrdered
    ? [`Its exits become those of version ${exitsOrdered.version} at the first open from ${time(exitsOrdered.at)} on`]
    : []),
  ...(closeOrderedAt === null
    ? []
    : [`It was ordered closed: it leaves at the first open from ${time(closeOrderedAt)} on`]),
];

/** A time of the venue, UTC, to the minute. */
const formatTime = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** Without what can come no more, once the position is closed. */
const closedPlan = (plan: ExitPlan): ExitPlan => ({
  ...plan,
  entryLegs: [],
  remainingLegs: [],
  breakEven: null,
  trail: null,
  timeExitAt: null,
  conditions: [],
  pending: null,
  closeOrderedAt: null,
  stopOrdered: null,
  exitsOrdered: null,
});

/**
 * How a position is entered further and closed beside its stop and target, and what became of the plan; one sentence
 * each.
 */
export const describePlan = (stored: ExitPlan, priceDigits: number, isClosed = false): string[] => {
  const plan = isClosed ? closedPlan(stored) : stored;
  const words = { price: (text: string) => formatGrouped(decimal(text).toFixed(priceDigits)), time: formatTime };
  const { stopBy, stopLoss, breakEven, trail, timeExitAt, conditions, pending } = plan;
  const moved = stopBy === "stop-loss" || stopLoss === null ? [] : [`The stop was planned at ${words.price(stopLoss)}`];
  return [
    ...describeLegs(plan, words),
    ...moved,
    ...describeParts(plan, words),
    ...(breakEven
      ? [`The stop goes to ${words.price(breakEven.level)} once ${words.price(breakEven.at)} is reached`]
      : []),
    ...(trail ? [describeTrail(trail, words)] : []),
    ...(timeExitAt === null ? [] : [`Closes at the first open from ${words.time(timeExitAt)} on`]),
    ...conditions.map((condition) => describeCondition(condition, words)),
    ...describeOrders(plan, words),
    ...(pending === null ? [] : ["Its idea was proved wrong: it closes at the next open"]),
  ];
};
