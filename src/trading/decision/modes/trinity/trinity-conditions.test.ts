import { describe, expect, it } from "vitest";
import { NEUTRAL_SIGNALS } from "./neutral-signals";
import { TRINITY_CATEGORIES } from "./trinity-conditions";
import type { TrinitySignals } from "./trinity-signals";

const read = (condition: string, signals: Partial<TrinitySignals>, side: "long" | "short") => {
  const reader = TRINITY_CATEGORIES.find(({ conditions }) => conditions[condition])?.conditions[condition];
  if (!reader) throw new Error(`there is no condition ${condition}`);
  return reader({ ...NEUTRAL_SIGNALS, ...signals }, side);
};
const candle = (change: Partial<TrinitySignals["candle"]>) => ({ ...NEUTRAL_SIGNALS.candle, ...change });

it("the categories weigh what the trading rules say, and name their conditions in the order in which they count", () => {
  expect(
    TRINITY_CATEGORIES.map(({ name, weight, conditions }) => [name, weight, Object.keys(conditions).join(" ")]),
  ).toEqual([
    ["regime", 0.25, "close-sma200 cloud-aligned"],
    ["trend", 0.2, "directional-adx14 close-cloud tenkan-kijun"],
    ["entry", 0.2, "ema20-pullback cloud-cross"],
    ["momentum", 0.2, "rsi14 macd-signal obv-sma14 cumulative-delta"],
    ["volume", 0.1, "volume-sma20 delta-surge"],
    ["volatility", 0.05, "band-expansion stochastic-cross vwap-band delta-divergence"],
  ]);
});

/** The same cloud with either span above: its edges are 95 and 105. */
describe.each([
  ["span A above span B", { tenkan: 101, kijun: 99, spanA: 105, spanB: 95 }],
  ["span B above span A", { tenkan: 101, kijun: 99, spanA: 95, spanB: 105 }],
])("a cloud of %s", (_spans, cloud) => {
  it.each([
    ["long", 106, true],
    ["long", 105, false],
    ["long", 100, false],
    ["short", 94, true],
    ["short", 95, false],
    ["short", 100, false],
  ] as const)("is left by a %s whose close is %d: %s", (side, close, met) => {
    const threshold = side === "long" ? 105 : 95;
    const signals = { cloud, candle: candle({ close }) };
    expect(read("close-cloud", signals, side)).toMatchObject({ value: close, threshold, met });
  });

  it("is crossed at the edge on the side's own end", () => {
    const signals = { cloud, cloudCross: "up" as const, candle: candle({ close: 106 }) };
    expect(read("cloud-cross", signals, "long")).toEqual({
      value: 106,
      operator: "crosses-up",
      threshold: 105,
      met: true,
    });
    expect(read("cloud-cross", signals, "short")).toEqual({
      value: 106,
      operator: "crosses-down",
      threshold: 95,
      met: false,
    });
  });
});

it("an aligned cloud needs all of close, lines and spans on the side: without any one it is not met", () => {
  const aligned = { tenkan: 101, kijun: 99, spanA: 98, spanB: 97 };
  const of = (change: Partial<typeof aligned>, close = 100) =>
    read("cloud-aligned", { cloud: { ...aligned, ...change }, candle: candle({ close }) }, "long");
  expect(of({})).toMatchObject({ value: 3, operator: ">=", threshold: 3, met: true });
  for (const reading of [of({}, 97.5), of({ tenkan: 98 }), of({ spanA: 96 })]) {
    expect(reading).toMatchObject({ value: 2, met: false });
  }
});

it.each([
  [25.1, 30, 10, 25.1, true],
  [25, 30, 10, 25, false],
  [40, 10, 30, -40, false],
  [40, 20, 20, 0, false],
])("an ADX of %d with DI %d and %d counts %d for a long", (adx, plusDi, minusDi, value, met) => {
  const reading = read("directional-adx14", { adx14: { adx, plusDi, minusDi } }, "long");
  expect(reading.met).toBe(met);
  expect(reading.value).toBeCloseTo(value, 12);
  expect(reading).toMatchObject({ operator: ">", threshold: 25 });
});

/** The dip must reach the larger of 0.5 % of EMA20 and half an ATR14. */
it.each([
  ["half a percent in a calm market", 0.4, 199, true],
  ["a little less than half a percent", 0.4, 199.01, false],
  ["half an ATR in a wild market", 8, 196, true],
  ["a little less than half an ATR", 8, 196.01, false],
])("the pullback asks for %s", (_depth, atr14, low, met) => {
  const long = { ema20: 200, atr14, candle: candle({ low, close: 200.1, high: 201 }) };
  const short = { ema20: 200, atr14, candle: candle({ high: 400 - low, close: 199.9, low: 199 }) };
  expect([read("ema20-pullback", long, "long").met, read("ema20-pullback", short, "short").met]).toEqual([met, met]);
});

it("how deep a pullback has to be is not known without an ATR, so that it is none, and not one of any depth", () => {
  const signals = { ema20: 200, atr14: null, candle: candle({ low: 150, high: 250, close: 200 }) };
  const long = read("ema20-pullback", { ...signals, candle: { ...signals.candle, close: 201 } }, "long");
  const short = read("ema20-pullback", { ...signals, candle: { ...signals.candle, close: 199 } }, "short");
  expect([long.met, short.met]).toEqual([null, null]);
});

it("RSI speaks below 40 for a long and above 60 for a short, not on them", () => {
  const met = (rsi14: number) => [read("rsi14", { rsi14 }, "long").met, read("rsi14", { rsi14 }, "short").met];
  expect([39.9, 40, 60, 60.1].map(met)).toEqual([
    [true, false],
    [false, false],
    [false, false],
    [false, true],
  ]);
});

it("a stochastic cross begins on or before the line and ends beyond it", () => {
  const long = (before: [number, number], now: [number, number]) =>
    read(
      "stochastic-cross",
      { stochastic: { before: { k: before[0], d: before[1] }, now: { k: now[0], d: now[1] } } },
      "long",
    );
  expect(long([40, 40], [42, 41])).toEqual({ value: 42, operator: "crosses-up", threshold: 41, met: true });
  expect(long([40.1, 40], [42, 41]).met).toBe(false);
  expect(long([40, 41], [41, 41]).met).toBe(false);
  // Mirrored: what a long crosses upwards, a short crosses downwards.
  const short = { stochastic: { before: { k: 60, d: 60 }, now: { k: 57, d: 58 } } };
  expect(read("stochastic-cross", short, "short")).toMatchObject({ operator: "crosses-down", met: true });
  expect(read("stochastic-cross", short, "long").met).toBe(false);
});

it("volume, bands and delta ask for more than their multiple, not for just as much", () => {
  const delta = (change: object) => ({ ...NEUTRAL_SIGNALS.volumeDelta, sigma: 5, ...change }) as never;
  const met = (condition: string, signals: Partial<TrinitySignals>) => read(condition, signals, "long").met;
  expect(met("volume-sma20", { volume: { value: 10, mean: 10 } })).toBe(false);
  expect(met("band-expansion", { bands: { bandwidth: 1.3, median: 1 } })).toBe(false);
  expect(met("band-expansion", { bands: { bandwidth: 1.31, median: 1 } })).toBe(true);
  expect(met("delta-surge", { volumeDelta: delta({ bar: -10 }) })).toBe(false);
  expect(met("delta-surge", { volumeDelta: delta({ bar: -10.1 }) })).toBe(true);
  const quiet = { recent: 10.1, recentRange: 0.0099 };
  expect(met("delta-divergence", { volumeDelta: delta(quiet) })).toBe(true);
  expect(met("delta-divergence", { volumeDelta: delta({ ...quiet, recentRange: 0.01 }) })).toBe(false);
  expect(met("delta-divergence", { volumeDelta: delta({ ...quiet, recent: 10 }) })).toBe(false);
});

const UNKNOWN: Partial<TrinitySignals> = {
  sma200: null,
  ema20: null,
  atr14: null,
  cloud: null,
  cloudCross: null,
  adx14: null,
  rsi14: null,
  macd: null,
  obv: null,
  volume: null,
  volumeDelta: null,
  bands: null,
  stochastic: null,
  vwap: null,
};

it.each(TRINITY_CATEGORIES.flatMap(({ conditions }) => Object.keys(conditions)))(
  "%s is unknown, neither met nor unmet, while its indicator warms up",
  (condition) => {
    for (const side of ["long", "short"] as const) expect(read(condition, UNKNOWN, side).met).toBeNull();
  },
);

it("the pullback is unknown without EMA20, and without ATR14", () => {
  expect(read("ema20-pullback", { ema20: null }, "long").met).toBeNull();
  expect(read("ema20-pullback", { atr14: null }, "long").met).toBeNull();
  expect(read("ema20-pullback", { atr14: null }, "short").met).toBeNull();
});
