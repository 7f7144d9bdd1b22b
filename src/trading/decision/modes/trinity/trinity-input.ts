import type { Candle } from "../../../market/candle";
import { contiguousTail, decisionWindow, type DecisionWindow } from "../../../market/decision-window";
import { timeframeMs, type Timeframe } from "../../../market/timeframe";
import type { MarketQuestion } from "../../basis/analysis";
import type { TrinitySettings } from "./trinity-settings";
import { TRINITY_CONFIRM_WINDOW, TRINITY_WINDOW } from "./trinity-warm-up";

/** What Trinity reads a market by: all other settings only say what a bot does with the readings. */
export type TrinityReads = Pick<TrinitySettings, "timeframe" | "confirmTimeframe">;

type TrinityMarket = {
  /** Closed, and without a long outage. */
  readonly candles: readonly Candle[];
  /** The same for the second timeframe; empty where it is unknown. */
  readonly confirmCandles: readonly Candle[];
};

/** The part of the candles that may be read at a time: closed, in a fixed window, after the last long outage. */
export const readTrinityMarket = ({
  time,
  settings: { timeframe, confirmTimeframe },
  series: [candles = [], confirmCandles = []],
}: MarketQuestion<TrinityReads>): TrinityMarket => {
  const confirmWindow = { timeframe: confirmTimeframe, time, count: TRINITY_CONFIRM_WINDOW };
  return {
    candles: readWindow(candles, { timeframe, time, count: TRINITY_WINDOW }),
    confirmCandles: dropOutdated(readWindow(confirmCandles, confirmWindow), confirmWindow),
  };
};

const readWindow = (candles: readonly Candle[], window: DecisionWindow): readonly Candle[] =>
  contiguousTail(decisionWindow(candles, window), window.timeframe);

const dropOutdated = (candles: readonly Candle[], { timeframe, time }: DecisionWindow): readonly Candle[] => {
  const last = candles.at(-1);
  return last !== undefined && isFresh(last.openTime, timeframe, time) ? candles : [];
};

/** The second timeframe is unknown when its newest closed candle is missing: an older one may say the opposite. */
export const isFresh = (openTime: number, timeframe: Timeframe, time: number): boolean =>
  openTime + 2 * timeframeMs(timeframe) > time;
