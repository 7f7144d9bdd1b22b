import { computeLast } from "../../market/indicators/indicator";
import { createSma } from "../../market/indicators/sma";
import { candlesThrough, changeOver, type MarketCandles, type MarketHorizon } from "./market-horizon";

/** One side must outnumber the other by more than this for breadth to be on it. */
const LEAD = 1.5;

/** Fewer markets say nothing about a market of hundreds. */
const MARKETS_MIN = 3;

/**
 * How many markets rose and fell over the horizon. `ratio` = advancers / decliners, null where none fell. `aboveAverage`
 * is the share of markets whose close is above its SMA, of those whose SMA is known; null where none is.
 */
export type MarketBreadth = {
  readonly state: "strong" | "weak" | "mixed" | "unknown";
  readonly advancers: number;
  readonly decliners: number;
  readonly unchanged: number;
  readonly unknown: number;
  readonly ratio: number | null;
  readonly aboveAverage: number | null;
};

/**
 * Breadth is strong when advancers outnumber decliners by more than 1.5, weak the other way round, and unknown with fewer
 * than 3 known markets. A market that lacks a candle at either end of the horizon is counted as unknown.
 */
export const measureBreadth = (
  markets: readonly MarketCandles[],
  horizon: MarketHorizon,
  averagePeriod = 50,
): MarketBreadth => {
  const changes = markets.map((market) => changeOver(market.candles, horizon));
  const count = (matches: (change: number) => boolean): number =>
    changes.filter((change) => change !== null && matches(change)).length;
  const advancers = count((change) => change > 0);
  const decliners = count((change) => change < 0);
  const unknown = changes.filter((change) => change === null).length;
  return {
    state: markets.length - unknown < MARKETS_MIN ? "unknown" : stateOf(advancers, decliners),
    advancers,
    decliners,
    unchanged: count((change) => change === 0),
    unknown,
    ratio: decliners === 0 ? null : advancers / decliners,
    aboveAverage: shareAboveAverage(markets, horizon, averagePeriod),
  };
};

const stateOf = (advancers: number, decliners: number): MarketBreadth["state"] => {
  if (advancers > LEAD * decliners) return "strong";
  return decliners > LEAD * advancers ? "weak" : "mixed";
};

const shareAboveAverage = (
  markets: readonly MarketCandles[],
  horizon: MarketHorizon,
  period: number,
): number | null => {
  const known = markets.flatMap(({ candles }) => {
    const closes = candlesThrough(candles, horizon)?.map((candle) => candle.close) ?? [];
    const average = computeLast(createSma(period), closes);
    return average === undefined ? [] : [(closes.at(-1) ?? Number.NaN) > average];
  });
  return known.length === 0 ? null : known.filter((isAbove) => isAbove).length / known.length;
};
