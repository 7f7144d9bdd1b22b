import { candleCloseTime, type Candle } from "../../../market/candle";
import { contiguousTail, decisionWindow } from "../../../market/decision-window";
import { timeframeMs, type Timeframe } from "../../../market/timeframe";
import type { MarketQuestion } from "../../basis/analysis";
import type { CustomReads } from "./custom-reads";
import { windowsOf } from "./rule-windows";

/** The candles that rules may read: closed, in fixed windows, after the last long outage. */
export type RuleMarket = {
  readonly time: number;
  readonly timeframe: Timeframe;
  readonly candles: readonly Candle[];
  readonly secondTimeframe: Timeframe | null;
  readonly secondCandles: readonly Candle[];
};

export const readRuleMarket = ({ time, settings, series }: MarketQuestion<CustomReads>): RuleMarket => {
  const { timeframe, secondTimeframe } = settings;
  const [candles = [], secondCandles = []] = series;
  const read = (from: readonly Candle[], own: Timeframe, count: number) =>
    contiguousTail(decisionWindow(from, { timeframe: own, time, count }), own);
  return {
    time,
    timeframe,
    candles: read(candles, timeframe, windowsOf(settings).decision),
    secondTimeframe,
    secondCandles: secondTimeframe === null ? [] : read(secondCandles, secondTimeframe, windowsOf(settings).second),
  };
};

/**
 * Where the second timeframe's newest candle stands that had closed with a decision candle, `back` before the last.
 * -1: it is not known then, because that candle is missing; an older one may say the opposite.
 */
export const secondIndexAt = (market: RuleMarket, back: number): number => {
  const { secondTimeframe, secondCandles, candles, timeframe } = market;
  const candle = candles.at(-1 - back);
  if (secondTimeframe === null || candle === undefined) return -1;
  const asOf = back === 0 ? market.time : candleCloseTime(candle, timeframe);
  const index = secondCandles.findLastIndex((second) => candleCloseTime(second, secondTimeframe) <= asOf);
  const found = secondCandles[index];
  const isNewest = found !== undefined && found.openTime + 2 * timeframeMs(secondTimeframe) > asOf;
  return isNewest ? index : -1;
};
