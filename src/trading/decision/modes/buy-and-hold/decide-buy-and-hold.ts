import { priceToMoney, toPlain } from "../../../money";
import { scoreFactor } from "../../basis/score-factor";
import { holdDecision, type Decision } from "../../basis/decision";
import type { ModeQuestion } from "../../basis/decision-mode";
import type { CommonReason } from "../../basis/reason-codes";
import type { BuyAndHoldReadings } from "./analyse-buy-and-hold";
import type { BuyAndHoldSettings } from "./buy-and-hold-settings";

/** The reasons of the control. */
const holdFor = holdDecision<CommonReason | "held-before">;

/** The share that one of so many pairs asks for: the gate scales every size by the score factor, so it is divided by it. */
export const shareOfOne = (investedFraction: number, pairs: number): number =>
  investedFraction / pairs / scoreFactor(1).toNumber();

/**
 * Buy and hold, the control that other bots are measured against: opens a long with an equal share of equity, once, and
 * holds it. It has no stop and no target, and never decides to close. If something else closed the position it does not
 * buy again, because that would be trading.
 */
export const decideBuyAndHold = ({
  pair,
  pairs,
  settings,
  analysis,
  position,
  wasHeld,
}: ModeQuestion<BuyAndHoldSettings, BuyAndHoldReadings>): Decision => {
  const { candle: decidedCandle, readings } = analysis;
  if (position !== null) {
    return holdFor(pair, { code: "position-open", text: "it is held, whatever comes" }, { decidedCandle });
  }
  if (wasHeld) {
    return holdFor(pair, { code: "held-before", text: "it was closed; a control buys once" }, { decidedCandle });
  }
  if (readings.close === null) {
    return holdFor(pair, { code: "warming-up", text: `no closed ${settings.timeframe} candle is there yet` });
  }
  const reason = { code: "entry" as const, text: `long with 1/${pairs} of the invested equity, to be held` };
  return {
    ...holdFor(pair, reason, { decidedCandle, score: 1 }),
    action: "open",
    side: "long",
    sizeFraction: shareOfOne(settings.investedFraction, pairs),
    leverage: 1,
    entryPrice: toPlain(priceToMoney(readings.close)),
  };
};
