import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candle } from "../../../market/candle";
import { createSyntheticCandles } from "../../../market/synthetic-candles";
import { decisionSchema } from "../../basis/decision";
import type { HeldPosition } from "../../basis/decision-mode";
import { analyseIndicator, indicatorReadingsSchema, type IndicatorRead } from "./analyse-indicator";
import { decideIndicator } from "./decide-indicator";
import { indicatorReads, indicatorSettingsSchema } from "./indicator-settings";
import { indicator } from "./index";

const HOUR_MS = 3_600_000;
const parse = (part: unknown = {}) => indicatorSettingsSchema.parse(part);

const READ: IndicatorRead = {
  close: 100,
  rsi14: 50,
  atr14: 1,
  supertrend: { direction: "up", value: 96 },
  levels: { long: 98, short: 90 },
  setups: { long: [], short: [] },
};

type Asked = {
  readonly last?: Partial<IndicatorRead>;
  readonly position?: HeldPosition | null;
  readonly settings?: unknown;
  readonly candles?: number;
};
const decide = ({ last, position = null, settings, candles = 300 }: Asked = {}) => {
  const read = { ...READ, ...last };
  const scoreOf = (side: "long" | "short") => Math.max(0, ...read.setups[side].map(({ score }) => score));
  return decideIndicator({
    pair: "BTC/USDT",
    settings: parse(settings),
    position,
    analysis: {
      candle: 7 * HOUR_MS,
      scores: { long: scoreOf("long"), short: scoreOf("short") },
      evidence: [],
      readings: { candles, last: read },
    },
  });
};
const setups = (long: IndicatorRead["setups"]["long"], short: IndicatorRead["setups"]["short"] = []) => ({
  setups: { long, short },
});
const pullback = (score: number) => ({ name: "pullback" as const, score });
const breakout = (score: number) => ({ name: "breakout" as const, score });

describe("an entry of the indicator mode", () => {
  it("by a pullback is stopped 2.5 % away, takes profit at 5 % and closes after 24 hours", () => {
    const decision = decisionSchema.parse(decide({ last: setups([pullback(0.8)]) }));
    expect(decision).toMatchObject({ action: "open", side: "long", score: 0.8, sizeFraction: 0.1, leverage: 1 });
    expect([decision.entryPrice, decision.stopLoss, decision.takeProfit]).toEqual(["100", "97.5", "105"]);
    expect(decision.exits).toMatchObject({ timeExitMinutes: 1440, trailing: null, targets: [] });
  });

  it("by a breakout is stopped 1.5 % beyond the level that was broken; a short mirrors it", () => {
    expect(decide({ last: setups([breakout(0.7)]) }).stopLoss).toBe("96.53");
    const short = decide({ last: { ...setups([], [breakout(0.7)]), close: 89 } });
    expect([short.side, short.stopLoss, short.takeProfit]).toEqual(["short", "91.35", "84.55"]);
  });

  it("is by the setup that scores most, and by none where both sides score the same", () => {
    expect(decide({ last: setups([breakout(0.7)], [pullback(0.8)]) })).toMatchObject({ action: "open", side: "short" });
    expect(decide({ last: setups([breakout(0.8), pullback(0.8)]) }).reason.text).toContain("pullback");
    expect(decide({ last: setups([pullback(0.8)], [pullback(0.8)]) }).reason.code).toBe("tie");
  });

  it.each([
    ["no setup", {}, {}, "no-setup"],
    ["a score below the minimum", setups([breakout(0.64)]), {}, "score-below-minimum"],
    ["a setup that is not traded", setups([breakout(0.8)]), { setups: "pullback" }, "no-setup"],
    ["a side that is not traded", setups([], [breakout(0.8)]), { sides: "long" }, "no-setup"],
  ])("is not made with %s", (_case, last, settings, code) => {
    expect(decide({ last, settings })).toMatchObject({ action: "hold", reason: { code } });
  });

  it("waits until its averages are warm, and says how long", () => {
    const waiting = decide({ last: setups([pullback(0.9)]), candles: 199 });
    expect(waiting.reason).toEqual({
      code: "warming-up",
      text: "199 closed 1h candles since the last outage are there, 200 are needed",
    });
    expect(decide({ last: setups([pullback(0.9)]), candles: 200 }).action).toBe("open");
  });
});

describe("a position of the indicator mode", () => {
  const held = (part: Partial<HeldPosition> = {}): HeldPosition => ({
    side: "long",
    openedAt: 0,
    entryPrice: "98",
    partsTaken: [],
    ...part,
  });

  it("is halved once where RSI14 is stretched and 2 % are gained, and the rest trails", () => {
    const decision = decisionSchema.parse(decide({ last: { rsi14: 81 }, position: held() }));
    expect(decision).toMatchObject({
      action: "close",
      side: "long",
      closeFraction: 0.5,
      reason: { code: "exit-stretched" },
    });
    expect(decision.exits?.trailing).toEqual({ by: "percent", distanceFraction: 0.02, fromFraction: 0 });
    expect(decide({ last: { rsi14: 81 }, position: held({ partsTaken: ["exit-stretched"] }) }).action).toBe("hold");
  });

  it.each([
    ["RSI14 at its bound", { rsi14: 80 }, held()],
    ["a gain below 2 %", { rsi14: 90 }, held({ entryPrice: "98.1" })],
    ["RSI14 unknown", { rsi14: null }, held()],
    ["a short whose RSI14 is high", { rsi14: 90, close: 96 }, held({ side: "short" })],
  ])("stays whole with %s", (_case, last, position) => {
    expect(decide({ last, position })).toMatchObject({ action: "hold", reason: { code: "position-open" } });
  });

  it("of a short is halved by the mirrored RSI14", () => {
    const decision = decide({ last: { rsi14: 19, close: 96 }, position: held({ side: "short" }) });
    expect(decision).toMatchObject({ action: "close", side: "short" });
  });

  it("shows both conditions of that exit with its decision", () => {
    const { evidence } = decide({ last: { rsi14: 70 }, position: held() });
    expect(evidence.map(({ condition, met }) => [condition, met])).toEqual([
      ["rsi-stretched", false],
      ["gain-percent", true],
    ]);
  });
});

describe("the presets", () => {
  it("are the strict one, the original's, and pullbacks alone; what is set by hand comes first", () => {
    expect(parse()).toMatchObject({ setups: "both", sides: "both", pullbackRsiMax: 40, freshBreakout: true });
    expect(parse({ preset: "original" })).toMatchObject({ sides: "long", freshBreakout: false });
    expect(parse({ preset: "pullback" })).toMatchObject({ setups: "pullback", pullbackRsiMax: 50 });
    expect(parse({ preset: "original", sides: "both" })).toMatchObject({ sides: "both", freshBreakout: false });
  });
});

const market = (seed: number, volatility: number): Candle[] => createSyntheticCandles({ seed, count: 330, volatility });
const anyMarket = fc.tuple(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(0.004, 0.012, 0.03));
const analyseAt = (candles: readonly Candle[], time: number) =>
  analyseIndicator({ time, settings: indicatorReads(parse()), series: [candles] });

describe("what the indicator mode reads", () => {
  it("never depends on a candle that closes later, nor on one before its window", () => {
    fc.assert(
      fc.property(anyMarket, fc.integer({ min: 300, max: 329 }), ([seed, volatility], last) => {
        const candles = market(seed, volatility);
        const time = (candles[last]?.openTime ?? 0) + HOUR_MS;
        const now = analyseAt(candles, time);
        const later = candles.map((candle, index) => (index > last ? { ...candle, close: 1, low: 1 } : candle));
        expect(analyseAt(later, time)).toEqual(now);
        expect(analyseAt(candles.slice(last - 299), time)).toEqual(now);
        expect(indicatorReadingsSchema.parse(JSON.parse(JSON.stringify(now.readings)))).toEqual(now.readings);
      }),
      { numRuns: 100 },
    );
  });

  it("has a stop on the losing side of every entry, a reward above the risk, and at most 8 KB of evidence", () => {
    let entries = 0;
    fc.assert(
      fc.property(anyMarket, ([seed, volatility]) => {
        const settings = parse({ preset: "pullback", setups: "both", entryScoreMin: 0.6 });
        const candles = market(seed, volatility);
        for (const { openTime } of candles.slice(250)) {
          const series = [candles];
          const analysis = indicator.analyse({ time: openTime + HOUR_MS, settings: indicator.reads(settings), series });
          const decision = decideIndicator({ pair: "BTC/USDT", settings, analysis, position: null });
          if (decision.action !== "open") continue;
          entries += 1;
          const [entry, stop, target] = [decision.entryPrice, decision.stopLoss, decision.takeProfit].map(Number);
          const sign = decision.side === "long" ? 1 : -1;
          expect(sign * ((entry ?? 0) - (stop ?? 0))).toBeGreaterThan(0);
          expect(sign * ((target ?? 0) - (entry ?? 0))).toBeGreaterThan(0);
          expect(JSON.stringify(decision).length).toBeLessThan(8192);
        }
      }),
      { numRuns: 40 },
    );
    expect(entries, "a market without entries would prove nothing").toBeGreaterThan(20);
  });
});
