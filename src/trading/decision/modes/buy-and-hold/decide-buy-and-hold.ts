import type { Candle } from "../../../market/candle";
import { decisionWindow } from "../../../market/decision-window";
import { priceToMoney, toPlain } from "../../../money";
import { scoreFactor } from "../../basis/score-factor";
import { holdDecision, type Decision } from "../../basis/decision";
import type { BuyAndHoldSettings } from "./buy-and-hold-settings";
import type { CommonReason } from "../../basis/reason-codes";

/** The decision needs one candle; the rest are for measuring correlations. */
export const BUY_AND_HOLD_WINDOW = 120;

/** The reasons of the control. */
const holdFor = holdDecision<CommonReason | "held-before">;

export type BuyAndHoldInput = {
  readonly pair: string;
  /** How many pairs share the equity. */
  readonly pairs: number;
  /** The slot, ms of venue time. */
  readonly time: number;
  readonly settings: BuyAndHoldSettings;
  /** Of settings.timeframe, ascending; candles that close after `time` are not read. */
  readonly candles: readonly Candle[];
  readonly isOpen: boolean;
  /** Whether the bot already closed a position in this market. */
  readonly wasHeld: boolean;
};

/**
 * Buy and hold, the control that other bots are measured against: opens a long with an equal share of equity, once, and
 * holds it. It has no stop and no target, and never decides to close. If something else closed the position it does not
 * buy again, because that would be trading.
 */
export const decideBuyAndHold = ({
  pair,
  pairs,
  time,
  settings,
  candles,
  isOpen,
  wasHeld,
}: BuyAndHoldInput): Decision => {
  const last = decisionWindow(candles, { timeframe: settings.timeframe, time, count: 1 }).at(-1);
  const decidedCandle = last?.openTime ?? null;
  if (isOpen) {
    return holdFor(pair, { code: "position-open", text: "it is held, whatever comes" }, { decidedCandle });
  }
  if (wasHeld) {
    return holdFor(pair, { code: "held-before", text: "it was closed; a control buys once" }, { decidedCandle });
  }
  if (last === undefined) {
    return holdFor(pair, { code: "warming-up", text: `no closed ${settings.timeframe} candle is there yet` });
  }
  const reason = { code: "entry" as const, text: `long with 1/${pairs} of the invested equity, to be held` };
  return {
    ...holdFor(pair, reason, { decidedCandle, score: 1 }),
    action: "open",
    side: "long",
    // The gate scales every size by the score factor, so the share is divided by it first.
    sizeFraction: settings.investedFraction / pairs / scoreFactor(1).toNumber(),
    leverage: 1,
    entryPrice: toPlain(priceToMoney(last.close)),
  };
};
