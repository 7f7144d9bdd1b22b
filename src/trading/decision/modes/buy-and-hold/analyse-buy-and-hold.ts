import { z } from "zod";
import { decisionWindow } from "../../../market/decision-window";
import type { Analysis, MarketQuestion } from "../../basis/analysis";
import type { BuyAndHoldSettings } from "./buy-and-hold-settings";

/** The decision needs one candle; correlations are measured over as many as this. */
export const BUY_AND_HOLD_WINDOW = 120;

/** The last close, by which it would buy; null where no candle had closed. */
export const buyAndHoldReadingsSchema = z.object({ close: z.number().nullable() });
export type BuyAndHoldReadings = z.infer<typeof buyAndHoldReadingsSchema>;

/** What the control reads of its settings: which candle says when it may buy. */
export type BuyAndHoldReads = Pick<BuyAndHoldSettings, "timeframe">;

/** The last closed candle, and nothing that it would score. */
export const analyseBuyAndHold = ({
  time,
  settings: { timeframe },
  series: [candles = []],
}: MarketQuestion<BuyAndHoldReads>): Analysis<BuyAndHoldReadings> => {
  const last = decisionWindow(candles, { timeframe, time, count: 1 }).at(-1);
  return { candle: last?.openTime ?? null, scores: null, evidence: [], readings: { close: last?.close ?? null } };
};
