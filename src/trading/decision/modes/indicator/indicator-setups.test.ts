import { describe, expect, it } from "vitest";
import type { Candle } from "../../../market/candle";
import { createSyntheticCandles } from "../../../market/synthetic-candles";
import { indicatorReads, indicatorSettingsSchema } from "./indicator-settings";
import { isSetUp, readSetups, type SetupName } from "./indicator-setups";
import { readIndicatorSignals, type IndicatorSignals } from "./indicator-signals";

const HOUR_MS = 3_600_000;
const READS = indicatorReads(indicatorSettingsSchema.parse({}));

const candle: Candle = { openTime: 0, open: 100, high: 101, low: 99, close: 100, volume: 80 };

/** A long's pullback: above EMA50 with EMA9 above EMA21, RSI14 just below 40, four fifths of the usual volume. */
const LONG_PULLBACK: IndicatorSignals = {
  candle,
  candles: 300,
  ema9: 98,
  ema21: 97,
  ema50: 96,
  rsi14: 39.9,
  atr14: 2,
  supertrend: null,
  volumeMean: 100,
  now: { close: 100, highest: 110, lowest: 90 },
  before: { close: 100, highest: 110, lowest: 90 },
};
/** A long's fresh breakout of 110, as far beyond it as half an ATR and a cent. */
const LONG_BREAKOUT: IndicatorSignals = {
  ...LONG_PULLBACK,
  candle: { ...candle, close: 111.01 },
  rsi14: 60.1,
  now: { close: 111.01, highest: 110, lowest: 90 },
};
const SHORT_PULLBACK: IndicatorSignals = { ...LONG_PULLBACK, ema9: 102, ema21: 103, ema50: 104, rsi14: 60.1 };
const SHORT_BREAKOUT: IndicatorSignals = {
  ...LONG_PULLBACK,
  candle: { ...candle, close: 88.99 },
  rsi14: 39.9,
  now: { close: 88.99, highest: 110, lowest: 90 },
};

const setupOf = (signals: IndicatorSignals, name: SetupName, side: "long" | "short") => {
  const found = readSetups(signals, READS).find((setup) => setup.name === name && setup.side === side);
  if (!found) throw new Error(`there is no ${name} of a ${side}`);
  return found;
};
const isMade = (signals: IndicatorSignals, name: SetupName, side: "long" | "short"): boolean =>
  isSetUp(setupOf(signals, name, side));

const thin = { candle: { ...candle, volume: 79.9 } };
const unknownVolume = { candle: { ...candle, volume: null } };

describe.each<["pullback", "long" | "short", IndicatorSignals, Partial<IndicatorSignals>[]]>([
  ["pullback", "long", LONG_PULLBACK, [{ ema50: 100 }, { ema9: 97 }, { rsi14: 40 }]],
  ["pullback", "short", SHORT_PULLBACK, [{ ema50: 100 }, { ema9: 103 }, { rsi14: 60 }]],
])("a %s of a %s", (name, side, made, missed) => {
  it("is made where all of its conditions are met, and of the other side it is none", () => {
    expect(isMade(made, name, side)).toBe(true);
    expect(isMade(made, name, side === "long" ? "short" : "long")).toBe(false);
  });

  it.each([...missed, thin, unknownVolume, { ema50: null }, { rsi14: null }])("is not made by %j", (change) => {
    expect(isMade({ ...made, ...change }, name, side)).toBe(false);
  });
});

describe.each([
  ["long", LONG_BREAKOUT, 111, { close: 110.5, highest: 110, lowest: 90 }, 60],
  ["short", SHORT_BREAKOUT, 89, { close: 89.5, highest: 110, lowest: 90 }, 40],
] as const)("a breakout of a %s", (side, made, near, broken, rsi14) => {
  it("is made beyond the level of the candles before by more than half an ATR, where the candle before was not", () => {
    expect(isMade(made, "breakout", side)).toBe(true);
    const close = near;
    const short = { candle: { ...candle, close }, now: { ...made.now, close } };
    expect(isMade({ ...made, ...short }, "breakout", side)).toBe(false);
    expect(isMade({ ...made, before: broken }, "breakout", side)).toBe(false);
  });

  it.each([{ rsi14 }, { candle: { ...made.candle, volume: 79.9 } }, { atr14: null }, { before: null }])(
    "is not made by %j",
    (change) => {
      expect(isMade({ ...made, ...change }, "breakout", side)).toBe(false);
    },
  );
});

it.each([
  [39.9, 0.7],
  [30.1, 0.7],
  [30, 0.8],
  [20.1, 0.8],
  [20, 0.9],
  [0, 0.9],
])("a pullback at an RSI14 of %d scores %d, and a short's at 100 less that the same", (rsi14, score) => {
  expect(setupOf({ ...LONG_PULLBACK, rsi14 }, "pullback", "long").score).toBe(score);
  expect(setupOf({ ...SHORT_PULLBACK, rsi14: 100 - rsi14 }, "pullback", "short").score).toBe(score);
});

it.each([
  [100.5, 0.65],
  [101, 0.7],
  [102, 0.8],
  [110, 0.8],
])("a breakout of 100 to %d scores %d: 0.60 and a tenth a percent, at most 0.80", (close, score) => {
  const up = { ...LONG_BREAKOUT, now: { close, highest: 100, lowest: 90 } };
  expect(setupOf(up, "breakout", "long").score).toBe(score);
  const down = { ...SHORT_BREAKOUT, now: { close: 200 - close, highest: 110, lowest: 100 } };
  expect(setupOf(down, "breakout", "short").score).toBe(score);
});

describe("what the setups are read from", () => {
  const candles = createSyntheticCandles({ seed: 11, count: 300, volatility: 0.01 });
  const time = (candles.at(-1)?.openTime ?? 0) + HOUR_MS;
  const read = (series: readonly Candle[]) => readIndicatorSignals(series, { timeframe: "1h", time });

  it("has EMA50, and levels of the 20 candles before the last, never of the last itself", () => {
    const spike = [...candles.slice(0, -1), { ...(candles.at(-1) ?? candle), high: 900, close: 890, low: 1 }];
    const [signals, spiked] = [read(candles), read(spike)];
    const before = candles.slice(-21, -1);
    const [highest, lowest] = [Math.max(...before.map(({ high }) => high)), Math.min(...before.map(({ low }) => low))];
    expect(signals?.ema50).toBeGreaterThan(0);
    expect(signals?.now).toMatchObject({ highest, lowest });
    expect(spiked?.now).toEqual({ close: 890, highest, lowest });
  });

  it("compares the volume of the last candle with the mean of 20, two quantities that differ", () => {
    const signals = read(candles);
    const volumes = candles.slice(-20).map(({ volume }) => volume ?? 0);
    expect(signals?.volumeMean).toBeCloseTo(volumes.reduce((sum, volume) => sum + volume, 0) / 20, 8);
    expect(signals?.volumeMean).not.toBe(signals?.candle.volume);
  });
});
