import * as signals from "trading-signals";
import { describe, expect, it } from "vitest";
import { createAdx } from "./adx";
import { createAnchoredVwap } from "./anchored-vwap";
import { createAtr } from "./atr";
import { createAtrFraction } from "./atr-fraction";
import { createBandSqueeze } from "./band-squeeze";
import { createBollingerBands } from "./bollinger-bands";
import { closesOf, expectClose, identity, oracleMarkets, ours, type Series } from "./contract/oracle-markets";
import { createDonchianChannel } from "./donchian-channel";
import { createEma } from "./ema";
import { createIchimoku } from "./ichimoku";
import { createMacd } from "./macd";
import { createRateOfChange } from "./rate-of-change";
import { createRsi } from "./rsi";
import { createSma } from "./sma";
import { createStochastic } from "./stochastic";
import { createStochasticRsi } from "./stochastic-rsi";
import { createSupertrend } from "./supertrend";

const fromSignals = <Input, Output>(
  indicator: { update(input: Input, replace: boolean): Output | null },
  inputs: readonly Input[],
  pick: (output: Output) => number,
): Series =>
  inputs.map((input) => indicator.update(input, false)).map((output) => (output === null ? undefined : pick(output)));

/** Its EMA and Wilder averages start from the first value, so they are compared once that start hardly matters. */
describe.each(oracleMarkets)("trading-signals agrees once converged: $name", ({ candles }) => {
  const closes = closesOf(candles);
  const faded = { tolerance: 1e-9, from: 600 };

  it("SMA, EMA, RSI", () => {
    expectClose(ours(createSma(20), closes, identity), fromSignals(new signals.SMA(20), closes, identity), {
      tolerance: 1e-10,
    });
    expectClose(ours(createEma(20), closes, identity), fromSignals(new signals.EMA(20), closes, identity), faded);
    expectClose(ours(createRsi(14), closes, identity), fromSignals(new signals.RSI(14), closes, identity), faded);
  });

  it("MACD and ATR", () => {
    const oracle = () => new signals.MACD(new signals.EMA(12), new signals.EMA(26), new signals.EMA(9));
    expectClose(
      ours(createMacd(), closes, (value) => value.line),
      fromSignals(oracle(), closes, (value) => value.macd),
      faded,
    );
    expectClose(
      ours(createMacd(), closes, (value) => value.signal),
      fromSignals(oracle(), closes, (value) => value.signal),
      faded,
    );
    expectClose(ours(createAtr(14), candles, identity), fromSignals(new signals.ATR(14), candles, identity), faded);
  });

  it("Bollinger bands from the first value on", () => {
    const oracle = () => new signals.BollingerBands(20, 2);
    expectClose(
      ours(createBollingerBands(), closes, (value) => value.upper),
      fromSignals(oracle(), closes, (value) => value.upper),
      { tolerance: 1e-10 },
    );
    expectClose(
      ours(createBollingerBands(), closes, (value) => value.lower),
      fromSignals(oracle(), closes, (value) => value.lower),
      { tolerance: 1e-10 },
    );
  });

  it("stochastic from the first value on", () => {
    const oracle = () => new signals.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 });
    const exact = { tolerance: 1e-10 };
    expectClose(
      ours(createStochastic(), candles, (value) => value.k),
      fromSignals(oracle(), candles, (value) => value.stochK),
      exact,
    );
    expectClose(
      ours(createStochastic(), candles, (value) => value.d),
      fromSignals(oracle(), candles, (value) => value.stochD),
      exact,
    );
  });

  // Its own D skips every K of 0, so its SMA is fed with K here.
  it("stochastic RSI once its RSI has converged", () => {
    const oracle = new signals.StochasticRSI(14);
    const average = new signals.SMA(3);
    const lines = closes.map((close) => {
      oracle.update(close, false);
      const k = oracle.smoothing.k.getResult();
      return k === null ? {} : { k: 100 * k, d: average.update(100 * k, false) ?? undefined };
    });
    expectClose(
      ours(createStochasticRsi(), closes, (value) => value.k),
      lines.map((line) => line.k),
      faded,
    );
    expectClose(
      ours(createStochasticRsi(), closes, (value) => value.d),
      lines.map((line) => line.d),
      faded,
    );
  });

  it("rate of change, ATR as a fraction, and the Donchian channel, ours one candle later", () => {
    expectClose(ours(createRateOfChange(10), closes, identity), fromSignals(new signals.ROC(10), closes, identity), {
      tolerance: 1e-10,
    });
    expectClose(
      ours(createAtrFraction(14), candles, identity),
      fromSignals(new signals.NATR(14), candles, (value) => value / 100),
      faded,
    );
    const channel = (pick: "upper" | "lower"): Series => [
      undefined,
      ...fromSignals(new signals.DonchianChannels(20), candles, (value) => value[pick]).slice(0, -1),
    ];
    expectClose(
      ours(createDonchianChannel(), candles, (value) => value.upper),
      channel("upper"),
      { tolerance: 1e-12 },
    );
    expectClose(
      ours(createDonchianChannel(), candles, (value) => value.lower),
      channel("lower"),
      { tolerance: 1e-12 },
    );
  });

  it("anchored VWAP from the anchor on", () => {
    const anchor = candles[100]?.openTime ?? NaN;
    const traded = candles.slice(100).map((candle) => ({ ...candle, volume: candle.volume ?? NaN }));
    const oracle = fromSignals(new signals.VWAP(), traded, identity);
    const vwap = ours(
      createAnchoredVwap(() => anchor),
      candles,
      identity,
    );
    expect(vwap.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => undefined));
    expectClose(vwap.slice(100), oracle, { tolerance: 1e-10 });
  });

  it("Bollinger squeeze: bandwidth and the close's distance in half widths", () => {
    const from = { tolerance: 1e-9, from: 138 };
    expectClose(
      ours(createBandSqueeze(), closes, (value) => value.bandwidth),
      fromSignals(new signals.BollingerBandsWidth(new signals.BollingerBands(20, 2)), closes, identity),
      from,
    );
    const bands = new signals.BollingerBands(20, 2);
    const distance = closes.map((close) => {
      const band = bands.update(close, false);
      return band ? (2 * (close - band.middle)) / (band.upper - band.lower) : undefined;
    });
    expectClose(
      ours(createBandSqueeze(), closes, (value) => value.bandDistance),
      distance,
      from,
    );
  });

  it("Ichimoku: its spans of 26 candles ago are our cloud of now", () => {
    const oracle = new signals.IchimokuCloud();
    const spans = candles.map((candle) => oracle.update(candle, false));
    const shifted = (pick: (span: NonNullable<(typeof spans)[number]>) => number): Series =>
      candles.map((_, index) => spans[index - 26] ?? undefined).map((span) => span && pick(span));
    expectClose(
      ours(createIchimoku(), candles, (value) => value.spanA),
      shifted((span) => span.spanA),
      { tolerance: 1e-12 },
    );
    expectClose(
      ours(createIchimoku(), candles, (value) => value.spanB),
      shifted((span) => span.spanB),
      { tolerance: 1e-12 },
    );
    const bases = spans.map((span) => span?.base);
    expectClose(
      ours(createIchimoku(), candles, (value) => value.kijun),
      bases,
      { tolerance: 1e-12, from: 77 },
    );
  });

  it("Supertrend: direction and band", () => {
    const oracle = () => new signals.SuperTrend({ interval: 10, multiplier: 3 });
    const direction = fromSignals(oracle(), candles, (value) => (value.trend === "BULLISH" ? 1 : -1));
    expectClose(
      ours(createSupertrend(), candles, (value) => (value.direction === "up" ? 1 : -1)),
      direction,
      faded,
    );
    expectClose(
      ours(createSupertrend(), candles, (value) => value.value),
      fromSignals(oracle(), candles, (value) => value.supertrend),
      faded,
    );
  });

  it("ADX to 2 points: its own smoothing differs for good, TA-Lib above is the exact oracle", () => {
    const oracle = fromSignals(new signals.ADX(14), candles, identity);
    expectClose(
      ours(createAdx(14), candles, (value) => value.adx),
      oracle,
      { tolerance: 0.02, from: 600 },
    );
  });
});
