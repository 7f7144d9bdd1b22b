import { expect, it } from "vitest";
import type { Candle } from "../../candle";
import { createAdx } from "../adx";
import { createAtr } from "../atr";
import { createEma } from "../ema";
import { computeLast, computeSeries, type Indicator } from "../indicator";
import { createKnownAverage } from "../known-average";
import { createMacd } from "../macd";
import { createObv } from "../obv";
import { createRsi, rsiOf } from "../rsi";
import { createSupertrend } from "../supertrend";
import { adxWindows } from "./adx-windows";
import { averageWindows } from "./average-windows";
import { toColumns } from "./candle-columns";
import { toSteps } from "./candle-steps";
import { MACD_LOOKBACK, macdWindows } from "./macd-windows";
import { obvWindows } from "./obv-windows";
import { supertrendWindows } from "./supertrend-windows";
import { expectSameBits, type Row } from "./contract/expect-same-bits";

const closesOf = (candles: readonly Candle[]): number[] => candles.map(({ close }) => close);
const at = (values: Float64Array, index: number): number => values[index] as number;

const unlessNaN = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);
const ofCloses = (indicator: Indicator<number, unknown>) => (candles: readonly Candle[]) =>
  computeLast(indicator, closesOf(candles));

const WILDER = { skipped: 1, period: 14, factor: 1 / 14 };

const obvSlowly = (candles: readonly Candle[]) => {
  const totals = computeSeries(createObv(), candles);
  return { total: totals.at(-1), mean: computeLast(createKnownAverage(14), totals) };
};

const supertrendSlowly = (candles: readonly Candle[]) => {
  const values = computeSeries(createSupertrend(), candles);
  const now = values.at(-1);
  const turn = values.findLastIndex(
    (value, index) => values[index - 1] && value?.direction !== values[index - 1]?.direction,
  );
  return now && { ...now, candlesSince: turn === -1 ? null : values.length - 1 - turn };
};

type Tuple = [name: Row["name"], slow: Row["slow"], fast: Row["fast"]];

const RECURSIVE: Tuple[] = [
  [
    "EMA 20",
    (candles) => ofCloses(createEma(20))(candles),
    ({ closes }, windows) => {
      const values = averageWindows(closes, windows, { skipped: 0, period: 20, factor: 2 / 21 });
      return (window) => unlessNaN(at(values, window));
    },
  ],
  [
    "ATR 14",
    (candles) => computeLast(createAtr(14), candles),
    (columns, windows) => {
      const values = averageWindows(toSteps(columns).trueRanges, windows, WILDER);
      return (window) => unlessNaN(at(values, window));
    },
  ],
  [
    "RSI 14",
    (candles) => ofCloses(createRsi(14))(candles),
    (columns, windows) => {
      const { gains, losses } = toSteps(columns);
      const [gain, loss] = [averageWindows(gains, windows, WILDER), averageWindows(losses, windows, WILDER)];
      return (window) => unlessNaN(rsiOf(at(gain, window), at(loss, window)));
    },
  ],
  [
    "ADX 14",
    (candles) => computeLast(createAdx(14), candles),
    (columns, windows) => {
      const { adx, plusDi, minusDi } = adxWindows(toSteps(columns), windows, 14);
      return (window) =>
        Number.isNaN(at(adx, window))
          ? undefined
          : { adx: at(adx, window), plusDi: at(plusDi, window), minusDi: at(minusDi, window) };
    },
  ],
  [
    "MACD 12/26/9 at each candle",
    (candles) => computeSeries(createMacd(), closesOf(candles)).slice(MACD_LOOKBACK),
    ({ closes }, windows) => {
      const seen = new Map<number, number[]>();
      const { signals } = macdWindows(closes, windows, (window, lines) => seen.set(window, [...lines]));
      return (window, last) => {
        const lines = seen.get(window)?.slice(MACD_LOOKBACK, last - (windows.firsts[window] as number) + 1) ?? [];
        const now = lines.at(-1) as number;
        const signal = at(signals, window);
        return lines.map((line, index) =>
          index < lines.length - 1 ? expect.objectContaining({ line }) : { line, signal, histogram: now - signal },
        );
      };
    },
  ],
  [
    "Supertrend 10, 3 and its last turn",
    supertrendSlowly,
    (columns, windows) => {
      const { values, isUp, turns } = supertrendWindows(columns, toSteps(columns), windows);
      return (window, last) => {
        const value = unlessNaN(at(values, window));
        const turn = turns[window] as number;
        const direction = isUp[window] === 1 ? "up" : "down";
        return value === undefined ? undefined : { direction, value, candlesSince: turn === -1 ? null : last - turn };
      };
    },
  ],
  [
    "OBV and its mean",
    obvSlowly,
    (columns, windows) => {
      const { signedVolumes } = toSteps(columns);
      const { totals, means } = obvWindows({ knownVolumes: columns.knownVolumes, signedVolumes }, windows, 14);
      return (window) => ({ total: unlessNaN(at(totals, window)), mean: unlessNaN(at(means, window)) });
    },
  ],
];

it.each(RECURSIVE)(
  "%s is in each of many windows, to the last bit, what the indicator answers that is fed its candles",
  (name, slow, fast) => {
    expectSameBits({ name, slow, fast });
  },
);

it("Supertrend does not turn at a close on its band, in one window as in many", () => {
  const still = { openTime: 0, open: 100, high: 101, low: 100, close: 100, volume: 1 };
  const candles = [...Array.from({ length: 12 }, () => still), { ...still, high: 103.5, low: 102.5, close: 103.5 }];
  const columns = toColumns(candles);
  const whole = { count: 1, firsts: Int32Array.of(0), lasts: Int32Array.of(candles.length - 1) };
  const { values, isUp, turns } = supertrendWindows(columns, toSteps(columns), whole);
  expect(computeLast(createSupertrend(), candles)).toEqual({ direction: "down", value: 103.5 });
  expect([values[0], isUp[0], turns[0]]).toEqual([103.5, 0, -1]);
});
