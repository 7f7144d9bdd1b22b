import type { Decision } from "../decision/basis/decision";
import { decimal, minOf, toTick } from "../money";
import type { EntryRequest, MarketPosition } from "./basis/risk-context";

/** The control may hold only an unlevered long without a stop. Its other decisions are judged like any bot's. */
export const isToBeHeld = ({ side, leverage, stopLoss, takeProfit }: Decision, isControl: boolean): boolean =>
  isControl && side === "long" && leverage === 1 && stopLoss === null && takeProfit === null;

type Levels = Pick<EntryRequest, "stopLoss" | "takeProfit" | "addsTo" | "parts">;

/** Where parts of a position leave, together no more than it is: its mode may have closed a part before. */
const partsOf = ({ quantity, exitPlan }: MarketPosition): NonNullable<EntryRequest["parts"]> => {
  let left = quantity;
  return (exitPlan?.remainingLegs ?? []).map((part) => {
    const leaving = minOf(decimal(part.quantity), left);
    left = left.minus(leaving);
    return { price: decimal(part.target), share: leaving.div(quantity) };
  });
};

/** What is added to a position leaves with it: at its stop, its target and the targets of its parts. */
const levelsOf = (addsTo: MarketPosition): Levels => ({
  stopLoss: addsTo.stopLoss,
  takeProfit: addsTo.takeProfit,
  addsTo,
  parts: partsOf(addsTo),
});

/** Rounded to the market's tick, so that the judged levels can be ordered. */
const wantedLevels = ({ stopLoss, takeProfit }: Decision, tick: string): Levels | null =>
  stopLoss === null || takeProfit === null
    ? null
    : { stopLoss: toTick(stopLoss, tick), takeProfit: toTick(takeProfit, tick) };

type Asked = {
  readonly tick: string;
  /** Whether the bot is the control, which holds it without stop and target. */
  readonly isHeld: boolean;
  /** The open position of its market, where the bot may add to one; undefined: none. */
  readonly open: MarketPosition | undefined;
};

/** An entry as the gate judges it. Null: its side, its stop or its target is missing. */
export const toEntryRequest = (decision: Decision, { tick, isHeld, open }: Asked): EntryRequest | null => {
  const { side, sizeFraction, leverage } = decision;
  const levels = wantedLevels(decision, tick) ?? (isHeld ? { stopLoss: null, takeProfit: null } : null);
  if (side === null || levels === null) return null;
  const isBound = open?.stopLoss && open.takeProfit;
  return {
    decision,
    side,
    sizeFraction: sizeFraction ?? 0,
    leverage: decimal(leverage ?? 1),
    ...(isBound ? levelsOf(open) : levels),
  };
};
