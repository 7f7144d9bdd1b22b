import { describe, expect, it } from "vitest";
import type { PositionSide } from "../../../portfolio/position-side";
import type { Evidence } from "../../basis/decision";
import { NEUTRAL_SIGNALS } from "./neutral-signals";
import { evidenceOfSide, scoreTrinitySide } from "./score-trinity-side";
import { TRINITY_CATEGORIES } from "./trinity-conditions";
import type { TrinitySignals } from "./trinity-signals";

const market = (change: Partial<TrinitySignals>): TrinitySignals => ({ ...NEUTRAL_SIGNALS, ...change });
const candle = (change: Partial<TrinitySignals["candle"]>) => ({ ...NEUTRAL_SIGNALS.candle, ...change });
const cloud = (tenkan: number, spanA: number, spanB: number) => ({ tenkan, kijun: 100, spanA, spanB });
const delta = (change: object) => ({ bar: 0, cumulative: 0, sigma: 1, recent: 0, recentRange: 0.02, ...change });
const counted = (evidence: readonly Evidence[]) => evidence.filter((line) => line.contribution !== 0);

type Case = [condition: string, weight: number, long: Partial<TrinitySignals>, short: Partial<TrinitySignals>];

/** Each case meets one condition and no other. */
const CONDITIONS: Case[] = [
  ["close-sma200", 0.25, { sma200: 99 }, { sma200: 101 }],
  [
    "directional-adx14",
    0.2,
    { adx14: { adx: 26, plusDi: 30, minusDi: 10 } },
    { adx14: { adx: 26, plusDi: 10, minusDi: 30 } },
  ],
  ["close-cloud", 0.2, { cloud: cloud(100, 98, 99) }, { cloud: cloud(100, 102, 101) }],
  ["tenkan-kijun", 0.2, { cloud: cloud(101, 100, 100) }, { cloud: cloud(99, 100, 100) }],
  [
    "ema20-pullback",
    0.2,
    { ema20: 99.9, candle: candle({ low: 99.4 }) },
    { ema20: 100.1, candle: candle({ high: 100.7 }) },
  ],
  ["cloud-cross", 0.2, { cloudCross: "up" }, { cloudCross: "down" }],
  ["rsi14", 0.2, { rsi14: 39.9 }, { rsi14: 60.1 }],
  [
    "macd-signal",
    0.2,
    { macd: { line: 1, signal: 0, histogram: 1 } },
    { macd: { line: -1, signal: 0, histogram: -1 } },
  ],
  ["obv-sma14", 0.2, { obv: { value: 1, mean: 0 } }, { obv: { value: -1, mean: 0 } }],
  ["cumulative-delta", 0.2, { volumeDelta: delta({ cumulative: 1 }) }, { volumeDelta: delta({ cumulative: -1 }) }],
  ["volume-sma20", 0.1, { volume: { value: 11, mean: 10 } }, { volume: { value: 11, mean: 10 } }],
  ["delta-surge", 0.1, { volumeDelta: delta({ bar: -2.1 }) }, { volumeDelta: delta({ bar: 2.1 }) }],
  [
    "band-expansion",
    0.05,
    { bands: { bandwidth: 0.027, median: 0.02 } },
    { bands: { bandwidth: 0.027, median: 0.02 } },
  ],
  [
    "stochastic-cross",
    0.05,
    { stochastic: { before: { k: 40, d: 41 }, now: { k: 43, d: 42 } } },
    { stochastic: { before: { k: 60, d: 59 }, now: { k: 57, d: 58 } } },
  ],
  ["vwap-band", 0.05, { vwap: { vwap: 98, upper: 99, lower: 97 } }, { vwap: { vwap: 102, upper: 103, lower: 101 } }],
  [
    "delta-divergence",
    0.05,
    { volumeDelta: delta({ recent: 2.1, recentRange: 0.009 }) },
    { volumeDelta: delta({ recent: -2.1, recentRange: 0.009 }) },
  ],
];

describe("a condition", () => {
  it.each(CONDITIONS)(
    "%s alone scores its category's weight %d, for the side it speaks for",
    (name, weight, long, short) => {
      for (const [side, change] of [
        ["long", long],
        ["short", short],
      ] as const) {
        expect(counted(evidenceOfSide(market(change), side))).toMatchObject([
          { side, condition: name, met: true, weight, contribution: weight },
        ]);
        const isTriggerMet = name === "ema20-pullback" || name === "cloud-cross";
        expect(scoreTrinitySide(market(change), side)).toEqual({ score: weight, isTriggerMet });
      }
    },
  );

  it.each([
    ["reached by half a percent", 199, 200.1, true],
    ["missed by a cent", 199.01, 200.1, false],
    ["reached by a candle that closed on it", 199, 200, false],
  ])("of the pullback to EMA20 is %s", (_, low, close, met) => {
    const long = market({ ema20: 200, candle: candle({ low, close, high: close }) });
    const short = market({ ema20: 200, candle: candle({ high: 400 - low, close: 400 - close, low: 400 - close }) });
    const pullbackOf = (signals: TrinitySignals, side: PositionSide) =>
      evidenceOfSide(signals, side).find((line) => line.condition === "ema20-pullback");
    expect(pullbackOf(long, "long")?.met).toBe(met);
    expect(pullbackOf(short, "short")?.met).toBe(met);
  });

  it("of the aligned cloud needs close, lines and cloud together, and says how many hold", () => {
    const aligned = (side: PositionSide, spans: [number, number]) =>
      evidenceOfSide(market({ cloud: cloud(side === "long" ? 101 : 99, ...spans) }), side).find(
        (line) => line.condition === "cloud-aligned",
      );
    expect(aligned("long", [99, 98])).toMatchObject({ value: 3, threshold: 3, met: true, contribution: 0.25 });
    expect(aligned("long", [98, 99])).toMatchObject({ value: 2, met: false, contribution: 0 });
    expect(aligned("short", [101, 102])).toMatchObject({ value: 3, met: true, contribution: 0.25 });
  });

  it.each<[string, Partial<TrinitySignals>, string[]]>([
    [
      "volume",
      { volume: null, obv: null, volumeDelta: null, vwap: null },
      ["obv-sma14", "cumulative-delta", "volume-sma20", "delta-surge", "vwap-band", "delta-divergence"],
    ],
    ["the 4h", { confirm: null }, ["confirm-agrees", "confirm-opposes"]],
  ])("is unknown, and not unmet, where %s is", (_, change, unknown) => {
    const evidence = evidenceOfSide(market(change), "long");
    expect(evidence.filter((line) => line.met === null).map((line) => line.condition)).toEqual(unknown);
    expect(scoreTrinitySide(market(change), "long").score).toBe(0);
  });

  it("never claims what its own numbers deny", () => {
    for (const [, , long] of CONDITIONS) {
      for (const line of evidenceOfSide(market(long), "short")) {
        if (line.value === null || line.threshold === null || line.operator.startsWith("crosses")) continue;
        const truth = {
          ">": line.value > line.threshold,
          "<": line.value < line.threshold,
          ">=": line.value >= line.threshold,
        };
        expect(line.met, line.condition).toBe(truth[line.operator as keyof typeof truth]);
      }
    }
  });
});

const EVERYTHING: Record<PositionSide, TrinitySignals> = {
  long: market({
    ...Object.assign({}, ...CONDITIONS.map(([, , long]) => long)),
    sma200: 99,
    candle: candle({ low: 99.4 }),
  }),
  short: market({
    ...Object.assign({}, ...CONDITIONS.map(([, , , short]) => short)),
    sma200: 101,
    candle: candle({ high: 100.7 }),
  }),
};

const regular = (side: PositionSide): TrinitySignals["divergence"] =>
  side === "long" ? { bullish: "regular", bearish: "none" } : { bullish: "none", bearish: "regular" };
const other = { long: "short", short: "long" } as const;
const confirmed = (side: PositionSide) => ({ close: side === "long" ? 101 : 99, ema20: 100, adx14: 21 });

describe.each(["long", "short"] as const)("the score of a %s", (side) => {
  const base: Partial<TrinitySignals> = { sma200: side === "long" ? 99 : 101, volume: { value: 11, mean: 10 } };

  it.each<[string, Partial<TrinitySignals>, number]>([
    ["nothing", {}, 0.35],
    ["an agreeing 4h", { confirm: confirmed(side) }, 0.4],
    ["an opposing 4h", { confirm: confirmed(other[side]) }, 0.28],
    ["a 4h without a trend", { confirm: { ...confirmed(side), adx14: 20 } }, 0.35],
    ["a divergence with it", { divergence: regular(side) }, 0.4],
    ["a divergence against it", { divergence: regular(other[side]) }, 0.3],
    ["a hidden divergence", { divergence: { bullish: "hidden", bearish: "hidden" } }, 0.35],
    ["an agreeing 4h and a divergence", { confirm: confirmed(side), divergence: regular(side) }, 0.45],
    ["an opposing 4h after a divergence", { confirm: confirmed(other[side]), divergence: regular(side) }, 0.32],
  ])("is adjusted by %s", (_, change, expected) => {
    const signals = market({ ...base, ...change });
    const evidence = evidenceOfSide(signals, side);
    expect(scoreTrinitySide(signals, side).score).toBe(expected);
    expect(evidence.reduce((sum, line) => sum + line.contribution, 0)).toBeCloseTo(expected, 10);
  });

  it("is cut to 0..1 and reaches 1 with all six categories", () => {
    expect(TRINITY_CATEGORIES.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(scoreTrinitySide(EVERYTHING[side], side).score).toBe(1);
    const more = { ...EVERYTHING[side], confirm: confirmed(side), divergence: regular(side) };
    expect(scoreTrinitySide(more, side).score).toBe(1);
    expect(scoreTrinitySide(market({ divergence: regular(other[side]) }), side).score).toBe(0);
  });
});
