import type { Candle } from "../../../market/candle";
import { decisionWindow } from "../../../market/decision-window";
import { priceToMoney, toPlain } from "../../../money";
import { scoreFactor } from "../../../risk/size-entry";
import { holdDecision, type Decision } from "../../decision";
import type { HoldSettings } from "./hold-settings";

/** As many candles as correlations are measured over; the decision itself needs one. */
export const HOLD_WINDOW = 120;

/** No market of ours rises tenfold unnoticed; a target must be named, and this one says "never". */
const TARGET_FACTOR = 10;

export type HoldInput = {
  readonly pair: string;
  /** How many pairs share the equity. */
  readonly pairs: number;
  /** The slot, ms of venue time. */
  readonly time: number;
  readonly settings: HoldSettings;
  /** Of settings.timeframe, ascending; what had not closed by `time` is not read. */
  readonly candles: readonly Candle[];
  readonly isOpen: boolean;
};

/**
 * Buy and hold, the control that other bots are measured against: opens a long with an equal share of equity and never
 * asks to close it. It is exempt from nothing: it passes the same gate, so it carries a stop (the widest allowed) and a
 * target (out of reach). A fall to the stop sells, and the next candle buys again: from then on it is not pure holding.
 */
export const decideHold = ({ pair, pairs, time, settings, candles, isOpen }: HoldInput): Decision => {
  const last = decisionWindow(candles, { timeframe: settings.timeframe, time, count: 1 }).at(-1);
  const decidedCandle = last?.openTime ?? null;
  if (isOpen) {
    return holdDecision(pair, { code: "position-open", text: "it is held, whatever comes" }, { decidedCandle });
  }
  if (last === undefined) {
    return holdDecision(pair, { code: "warming-up", text: `no closed ${settings.timeframe} candle is there yet` });
  }
  const price = priceToMoney(last.close);
  const reason = { code: "entry", text: `long with 1/${pairs} of the invested equity, to be held` };
  return {
    ...holdDecision(pair, reason, { decidedCandle, score: 1 }),
    action: "open",
    side: "long",
    // The gate scales every size by the score; the share is meant as it is.
    sizeFraction: settings.investedFraction / pairs / scoreFactor(1).toNumber(),
    leverage: 1,
    entryPrice: toPlain(price),
    stopLoss: toPlain(price.times(1 - settings.stopLossFraction)),
    takeProfit: toPlain(price.times(TARGET_FACTOR)),
  };
};
