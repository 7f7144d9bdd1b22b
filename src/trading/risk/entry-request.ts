import type { Decision } from "../decision/basis/decision";
import { decimal, toTick } from "../money";
import type { EntryRequest } from "./basis/risk-context";

/** The control may hold only an unlevered long without a stop. Its other decisions are judged like any bot's. */
export const isToBeHeld = ({ side, leverage, stopLoss, takeProfit }: Decision, isControl: boolean): boolean =>
  isControl && side === "long" && leverage === 1 && stopLoss === null && takeProfit === null;

/** Rounds stop and target to the market's tick, so that the judged levels can be ordered. Null: one is missing. */
export const toEntryRequest = (decision: Decision, tick: string, isHeld: boolean): EntryRequest | null => {
  const { side, sizeFraction, leverage, stopLoss, takeProfit } = decision;
  const isProtected = stopLoss !== null && takeProfit !== null;
  if (side === null || (!isProtected && !isHeld)) return null;
  return {
    decision,
    side,
    sizeFraction: sizeFraction ?? 0,
    leverage: decimal(leverage ?? 1),
    stopLoss: isProtected ? toTick(stopLoss, tick) : null,
    takeProfit: isProtected ? toTick(takeProfit, tick) : null,
  };
};
