import * as talib from "talib-web";
import { beforeAll, describe, expect, it } from "vitest";
import { createAdx } from "./adx";
import { createAtr } from "./atr";
import { createAtrFraction } from "./atr-fraction";
import {
  closesOf,
  columnsOf,
  expectClose,
  identity,
  isRecorded,
  oracleMarkets,
  ours,
  type Series,
} from "./contract/oracle-markets";
import { createDonchianChannel } from "./donchian-channel";
import { createEma } from "./ema";
import { computeSeries } from "./indicator";
import { createMacd } from "./macd";
import { createObv } from "./obv";
import { createRateOfChange } from "./rate-of-change";
import { createRealisedVolatility } from "./realised-volatility";
import { createRsi } from "./rsi";
import { createSma } from "./sma";
import { createStochastic } from "./stochastic";
import { createStochasticRsi } from "./stochastic-rsi";

/** talib-web puts the valid values first and pads the end: shift them by the lookback. */
const fromTalib = (output: readonly number[], lookback: number): Series => [
  ...Array.from({ length: lookback }, () => undefined),
  ...output.slice(0, output.length - lookback),
];

beforeAll(async () => {
  // This version of Emscripten's loader prefers fetch, which cannot read a file in Node.
  const { fetch } = globalThis;
  Reflect.set(globalThis, "fetch", undefined);
  await talib.init();
  Reflect.set(globalThis, "fetch", fetch);
});

it.skipIf(!isRecorded)("recorded candles are compared too (skipped where ../shared/candles is absent)", () => {
  expect(oracleMarkets).toHaveLength(3);
});

/** Compares from the first warm value on. The tolerance covers the rounding of another order of summation. */
describe.each(oracleMarkets)("TA-Lib agrees from the first value on: $name", ({ candles }) => {
  const closes = closesOf(candles);
  const columns = columnsOf(candles);
  const exact = { tolerance: 1e-10 };

  it.each([2, 20, 200])("SMA and EMA %i", (timePeriod) => {
    const input = { inReal: closes, timePeriod };
    expectClose(
      ours(createSma(timePeriod), closes, identity),
      fromTalib(talib.SMA(input).output, timePeriod - 1),
      exact,
    );
    expectClose(
      ours(createEma(timePeriod), closes, identity),
      fromTalib(talib.EMA(input).output, timePeriod - 1),
      exact,
    );
  });

  it.each([7, 14])("RSI %i", (timePeriod) => {
    const oracle = fromTalib(talib.RSI({ inReal: closes, timePeriod }).output, timePeriod);
    expectClose(ours(createRsi(timePeriod), closes, identity), oracle, exact);
  });

  it("MACD 12/26/9: line, signal and histogram, warm at 33", () => {
    const oracle = talib.MACD({ inReal: closes, fastPeriod: 12, slowPeriod: 26, signalPeriod: 9 });
    const tolerance = { tolerance: 1e-9 };
    expectClose(
      ours(createMacd(), closes, (value) => value.line),
      fromTalib(oracle.MACD, 33),
      tolerance,
    );
    expectClose(
      ours(createMacd(), closes, (value) => value.signal),
      fromTalib(oracle.MACDSignal, 33),
      tolerance,
    );
    expectClose(
      ours(createMacd(), closes, (value) => value.histogram),
      fromTalib(oracle.MACDHist, 33),
      tolerance,
    );
  });

  it.each([3, 14])("ATR %i", (timePeriod) => {
    const oracle = fromTalib(talib.ATR({ ...columns, timePeriod }).output, timePeriod);
    expectClose(ours(createAtr(timePeriod), candles, identity), oracle, exact);
  });

  it("ADX 14 warm at 27, and both directions from there on", () => {
    const input = { ...columns, timePeriod: 14 };
    expectClose(
      ours(createAdx(14), candles, (value) => value.adx),
      fromTalib(talib.ADX(input).output, 27),
      exact,
    );
    const plus = fromTalib(talib.PLUS_DI(input).output, 14);
    const minus = fromTalib(talib.MINUS_DI(input).output, 14);
    expectClose(
      ours(createAdx(14), candles, (value) => value.plusDi),
      plus,
      { ...exact, from: 27 },
    );
    expectClose(
      ours(createAdx(14), candles, (value) => value.minusDi),
      minus,
      { ...exact, from: 27 },
    );
  });

  // STOCH, STDDEV and BBANDS of this build give zeros or garbage after a few values, so parts that work replace them.
  it("stochastic 14/3/3, warm at 17, made of TA-Lib's MAX, MIN and SMA", () => {
    const highest = fromTalib(talib.MAX({ inReal: columns.high, timePeriod: 14 }).output, 13);
    const lowest = fromTalib(talib.MIN({ inReal: columns.low, timePeriod: 14 }).output, 13);
    const fast = closes.slice(13).map((close, index) => {
      const [high = NaN, low = NaN] = [highest[index + 13], lowest[index + 13]];
      return high === low ? 50 : (100 * (close - low)) / (high - low);
    });
    const k = talib.SMA({ inReal: fast, timePeriod: 3 }).output.slice(0, -2);
    const d = talib.SMA({ inReal: k, timePeriod: 3 }).output.slice(0, -2);
    const warm = computeSeries(createStochastic(), candles).findIndex((value) => value !== undefined);
    expect(warm).toBe(17);
    expectClose(ours(createStochastic(), candles, (value) => value.k).slice(17), k.slice(2), exact);
    expectClose(ours(createStochastic(), candles, (value) => value.d).slice(17), d, exact);
  });

  // STOCHRSI is broken like STOCH.
  it("stochastic RSI 14/14/3/3, warm at 31, made of TA-Lib's RSI, MAX, MIN and SMA", () => {
    const rsi = talib.RSI({ inReal: closes, timePeriod: 14 }).output.slice(0, -14);
    const highest = talib.MAX({ inReal: rsi, timePeriod: 14 }).output;
    const lowest = talib.MIN({ inReal: rsi, timePeriod: 14 }).output;
    const fast = rsi.slice(13).map((value, index) => {
      const [high = NaN, low = NaN] = [highest[index], lowest[index]];
      return (100 * (value - low)) / (high - low);
    });
    const k = talib.SMA({ inReal: fast, timePeriod: 3 }).output.slice(0, -2);
    const d = talib.SMA({ inReal: k, timePeriod: 3 }).output.slice(0, -2);
    const value = () => createStochasticRsi();
    expect(computeSeries(value(), closes).findIndex((one) => one !== undefined)).toBe(31);
    expectClose(ours(value(), closes, (one) => one.k).slice(31), k.slice(2), { tolerance: 1e-9 });
    expectClose(ours(value(), closes, (one) => one.d).slice(31), d, { tolerance: 1e-9 });
  });

  it("ATR as a fraction, rate of change, and the Donchian channel of the candles before", () => {
    // NATR of this build gives zeros.
    const atr = fromTalib(talib.ATR({ ...columns, timePeriod: 14 }).output, 14).map(
      (value, index) => value && value / (closes[index] ?? NaN),
    );
    expectClose(ours(createAtrFraction(14), candles, identity), atr, exact);
    const change = fromTalib(talib.ROCP({ inReal: closes, timePeriod: 10 }).output, 10);
    expectClose(ours(createRateOfChange(10), closes, identity), change, exact);
    const before = (output: readonly number[]): Series => [undefined, ...fromTalib(output, 19).slice(0, -1)];
    expectClose(
      ours(createDonchianChannel(), candles, (value) => value.upper),
      before(talib.MAX({ inReal: columns.high, timePeriod: 20 }).output),
      exact,
    );
    expectClose(
      ours(createDonchianChannel(), candles, (value) => value.lower),
      before(talib.MIN({ inReal: columns.low, timePeriod: 20 }).output),
      exact,
    );
  });

  it("realised volatility, made of TA-Lib's LN, MULT and SUM", () => {
    const logs = talib.LN({ inReal: closes }).output;
    const returns = logs.slice(1).map((value, index) => value - (logs[index] ?? NaN));
    const squares = talib.MULT({ inReal0: returns, inReal1: returns }).output;
    const sums = talib.SUM({ inReal: returns, timePeriod: 30 }).output.slice(0, -29);
    const sumsOfSquares = talib.SUM({ inReal: squares, timePeriod: 30 }).output.slice(0, -29);
    const oracle = sums.map(
      (sum, index) => Math.sqrt(((sumsOfSquares[index] ?? NaN) - sum ** 2 / 30) / 29) * Math.sqrt(365 * 24),
    );
    expectClose(ours(createRealisedVolatility(30, "1h"), closes, identity).slice(30), oracle, { tolerance: 1e-9 });
  });

  it("OBV, from which TA-Lib's first volume is taken", () => {
    const volume = candles.map((candle) => candle.volume ?? 0);
    const oracle = talib.OBV({ inReal: closes, volume }).output.map((value) => value - (volume[0] ?? 0));
    expectClose(ours(createObv(), candles, identity), oracle, { tolerance: 1e-9 });
  });
});
