import { aggregateCandles, canAggregate } from "../market/aggregate-candles";
import type { Candle } from "../market/candle";
import { candleValueOf } from "../market/candle-value";
import { countBefore } from "../market/count-before";
import { floorToGrid, timeframeMs, type Timeframe } from "../market/timeframe";
import { priceToMoney, toPlain, type Decimal } from "../money";
import { buyBenchmark, measureBenchmark } from "../performance/buy-and-hold";
import { known, unknownFor, type Measured } from "../performance/measured";
import { measurePerformance, type PerformanceMetrics } from "../performance/measure-performance";
import { drawRandomEntries, type RandomEntry } from "../performance/random-entry";
import { priceAt, type BacktestMarket } from "./readable-market";
import type { BacktestResult } from "./run-backtest";

/** A bot's figures beside its two controls. */
export type BacktestMetrics = PerformanceMetrics & {
  /** The same capital put into the same pairs at the first slot and held. */
  readonly buyAndHold: { readonly totalReturn: Measured; readonly worth: string | null };
  /** As many trades at random instants; null where there was none. */
  readonly randomEntry: RandomEntry | null;
};

export type MetricsOptions = {
  /** Only those of the bot's pairs. */
  readonly markets: readonly BacktestMarket[];
  readonly to: number;
  /** Of the random entries. */
  readonly seed: number;
};

const HOUR: Timeframe = "1h";

type Priced = { readonly price: Decimal; readonly candleValue: Decimal | null };

const pricedAt = (price: number, candle: Candle): Priced => ({
  price: priceToMoney(price),
  candleValue: candleValueOf({ ...candle, close: price }),
});

/** The hour that closed last by an instant (ms), or where there is none the finest candle that did. */
const closedBy = ({ timeframe, candles }: BacktestMarket, time: number): Candle | undefined => {
  const hour = timeframeMs(HOUR);
  const end = floorToGrid(time, hour);
  const parts = candles.slice(countBefore(candles, end - hour), countBefore(candles, end));
  const aggregation = { from: timeframe, to: HOUR };
  const [closed] = canAggregate(aggregation) ? aggregateCandles(parts, aggregation) : [];
  return closed ?? candles[countBefore(candles, time - timeframeMs(timeframe) + 1) - 1];
};

/** As the pages price the benchmark: the last close by then, or the open of the candle with which a recording begins. */
const priceBy = (market: BacktestMarket, time: number): Priced | null => {
  const closed = closedBy(market, time);
  if (closed) return pricedAt(closed.close, closed);
  const opening = market.candles[0];
  return opening?.openTime === time ? pricedAt(opening.open, opening) : null;
};

const UNPRICED = unknownFor("not every pair has a price at the first slot");

const allOf = <Value>(values: readonly (Value | null)[]): Value[] | null => {
  const there = values.filter((value) => value !== null);
  return there.length === values.length && there.length > 0 ? there : null;
};

const holdFrom = (
  capital: Decimal,
  markets: readonly BacktestMarket[],
  span: { readonly first: number; readonly last: number },
): BacktestMetrics["buyAndHold"] => {
  const entryOf = (market: BacktestMarket) => {
    const priced = priceBy(market, span.first);
    return priced && { ...priced, rules: market.rules };
  };
  const bought = allOf(markets.map(entryOf));
  const valued = allOf(markets.map((market) => priceBy(market, span.last)));
  if (!bought || !valued) return { totalReturn: UNPRICED, worth: null };
  const { worth, fraction } = measureBenchmark(
    buyBenchmark(capital, bought),
    valued.map(({ price }) => price),
  );
  return { totalReturn: known(fraction.toNumber()), worth: toPlain(worth) };
};

/** Measures a bot that was traded over a recording, beside holding the same pairs and entering them by chance. */
export const measureBacktest = (result: BacktestResult, { markets, to, seed }: MetricsOptions): BacktestMetrics => {
  const { state, trades, equity } = result;
  const { initialCapital, positions } = state;
  const [first, last] = [equity[0]?.at ?? to, equity.at(-1)?.at ?? to];
  const marketOf = new Map(markets.map((market) => [market.rules.pair, market]));
  return {
    ...measurePerformance({ initialCapital, equity, trades, openSince: positions.map(({ openedAt }) => openedAt) }),
    buyAndHold: holdFrom(initialCapital, markets, { first, last }),
    randomEntry: drawRandomEntries(
      trades.map(({ trade }) => trade),
      {
        from: first,
        through: last,
        stepMs: Math.max(...markets.map(({ timeframe }) => timeframeMs(timeframe))),
        seed,
        priceOf: (pair, time) => {
          const market = marketOf.get(pair);
          return market === undefined ? null : priceAt(market, time);
        },
      },
    ),
  };
};
