import * as signals from "trading-signals";
import { describe, it } from "vitest";
import { createAdx } from "./adx";
import { createAtr } from "./atr";
import { createBollingerBands } from "./bollinger-bands";
import { closesOf, expectClose, identity, oracleMarkets, ours, type Series } from "./contract/oracle-markets";
import { createEma } from "./ema";
import { createIchimoku } from "./ichimoku";
import { createMacd } from "./macd";
import { createRsi } from "./rsi";
import { createSma } from "./sma";
import { createStochastic } from "./stochastic";
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
