import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createSettingsSchema } from "../../bot-settings";
import { describeSettings } from "../../describe-settings";
import { createSyntheticCandles } from "../../market/synthetic-candles";
import { TIMEFRAMES } from "../../market/timeframe";
import { decide, decisionTimeframes, isDecisionDue, modeOf } from "../decide";
import { decisionSchema, holdDecision } from "../basis/decision";
import type { DecisionMode } from "../basis/decision-mode";
import { hasNewCandle } from "../basis/has-new-candle";
import { isControl } from "../is-control";
import { MODES } from "./registry";

const streakSettingsSchema = z.strictObject({
  timeframe: z.enum(TIMEFRAMES).default("15m"),
  candles: z.number().int().min(1).default(2),
});

type StreakSettings = z.infer<typeof streakSettingsSchema>;
const streakReadingsSchema = z.object({ rising: z.number().int(), close: z.number().nullable() });

/** A mode as a folder would bring it: it buys after so many candles that closed higher in a row. */
const streak: DecisionMode<StreakSettings, "streak", StreakSettings, z.infer<typeof streakReadingsSchema>> = {
  name: "streak",
  title: "Streak",
  summary: "buys what rises",
  isControl: false,
  asksModel: false,
  settings: streakSettingsSchema,
  readings: streakReadingsSchema,
  words: () => ({
    note: null,
    conditions: { rising: { name: "candles that closed higher", unit: "indicator" } },
    categories: { streak: { name: "Streak", note: null } },
  }),
  series: ({ timeframe, candles }) => [{ timeframe, count: candles }],
  isDue: ({ timeframe }, span) => hasNewCandle(timeframe, span),
  reads: (settings) => settings,
  analyse: ({ series: [read = []] }) => {
    const last = read.at(-1);
    const rising = read.filter(({ open, close }) => close > open).length;
    return {
      candle: last?.openTime ?? null,
      scores: null,
      evidence: [],
      readings: { rising, close: last?.close ?? null },
    };
  },
  decide: ({ pair, settings, analysis: { candle, readings }, position }) => {
    const { rising, close } = readings;
    const reason = { code: "streak", text: `${rising} of ${settings.candles} closed higher` };
    const held = holdDecision(pair, reason, { decidedCandle: candle, score: 1 });
    if (position !== null || close === null || rising < settings.candles) return held;
    const prices = [1, 0.95, 1.1].map((share) => (close * share).toFixed(2));
    const [entryPrice = null, stopLoss = null, takeProfit = null] = prices;
    return { ...held, action: "open", side: "long", sizeFraction: 0.05, leverage: 1, entryPrice, stopLoss, takeProfit };
  },
  trailBy: () => null,
  describe: ({ candles }) => [{ label: "Streak", text: `Enters after ${candles} rising candles` }],
  plans: () => [],
  entryScore: () => 1,
  nearestEntry: ({ candles }, { reasonCode }) =>
    reasonCode === "streak" ? `${candles} candles would have to rise` : null,
};

const WITH_STREAK = { ...MODES, [streak.name]: streak };
const schema = createSettingsSchema(WITH_STREAK);
const settings = schema.parse({ pairs: ["BTC/USDT"], mode: "streak", decision: { candles: 3 } });

const rise = createSyntheticCandles({ seed: 1, count: 3, volatility: 0.01, timeframe: "15m" }).map((candle, index) => ({
  ...candle,
  open: 100 + index,
  close: 101 + index,
}));
const QUARTER_MS = 900_000;
const time = (rise[2]?.openTime ?? 0) + QUARTER_MS;
const question = { pair: "BTC/USDT", time, settings, series: [rise], position: null, wasHeld: false };

describe("a mode that is added to the registry, with nothing else changed", () => {
  it("has its settings read with their defaults, beside what every bot has", () => {
    expect(settings).toMatchObject({
      mode: "streak",
      decision: { timeframe: "15m", candles: 3 },
      intervalSeconds: 300,
    });
    const refused = schema.safeParse({ pairs: ["BTC/USDT"], mode: "streak", decision: { investedFraction: 1 } });
    expect(refused.error?.issues[0]?.path).toEqual(["decision"]);
    const unknown = schema.safeParse({ pairs: ["BTC/USDT"], mode: "oracle" });
    expect(unknown.error?.issues[0]?.message).toContain(
      "choose trinity or indicator or custom or llm or buy-and-hold or streak",
    );
  });

  it("decides by its own series and settings, in the contract of all modes", () => {
    expect(decisionTimeframes(settings, WITH_STREAK)).toEqual([{ timeframe: "15m", count: 3 }]);
    expect(decisionSchema.parse(decide(question, WITH_STREAK))).toMatchObject({ action: "open", entryPrice: "103.00" });
    const falling = { ...question, series: [rise.map((candle) => ({ ...candle, close: candle.open - 1 }))] };
    expect(decide(falling, WITH_STREAK)).toMatchObject({ action: "hold", reason: { text: "0 of 3 closed higher" } });
  });

  it("says which slots have something to decide", () => {
    const dueAfter = (lastDoneSlot: number) => isDecisionDue(settings, { slot: time, lastDoneSlot }, WITH_STREAK);
    expect([time - 1, time].map(dueAfter)).toEqual([true, false]);
  });

  it("describes itself, its settings, its evidence and what it waits for", () => {
    const [trading, own] = describeSettings(settings, WITH_STREAK);
    expect(trading?.lines[0]).toEqual({ label: "Mode", text: "Streak: buys what rises" });
    expect(own).toEqual({ title: "Streak", lines: [{ label: "Streak", text: "Enters after 3 rising candles" }] });
    const mode = modeOf(settings, WITH_STREAK);
    const hold = { reasonCode: "streak", scores: { long: null, short: null }, evidence: [], priceDigits: 2 };
    expect(mode.nearestEntry(settings.decision, hold)).toBe("3 candles would have to rise");
    expect([mode.words(settings.decision).categories["streak"]?.name, mode.entryScore(settings.decision)]).toEqual([
      "Streak",
      1,
    ]);
    expect(isControl(settings, WITH_STREAK)).toBe(false);
  });
});

describe("a mode that is not in the registry", () => {
  it("is an error wherever it is asked for, and never another mode", () => {
    const refusal = /there is no mode "streak"/;
    expect(() => decide(question)).toThrow(refusal);
    expect(() => decisionTimeframes(settings)).toThrow(refusal);
    expect(() => isDecisionDue(settings, { slot: time, lastDoneSlot: null })).toThrow(refusal);
    expect(() => describeSettings(settings)).toThrow(refusal);
    expect(() => isControl(settings)).toThrow(refusal);
  });
});

describe.each(Object.values<DecisionMode>(MODES))("the mode $name", (mode) => {
  const defaults = mode.settings.parse({});

  it("needs no setting, stands under its own name, and has a line for each setting's own label", () => {
    expect(modeOf({ mode: mode.name })).toBe(mode);
    const lines = mode.describe(defaults);
    expect(new Set(lines.map(({ label }) => label)).size).toBe(lines.length);
    expect(lines.length).toBeGreaterThan(0);
  });

  it("wants nothing where it has no candle, and says why", () => {
    const empty = mode.series(defaults).map(() => []);
    const analysis = mode.analyse({ time, settings: mode.reads(defaults), series: empty });
    const bot = { pair: "BTC/USDT", pairs: 1, settings: defaults, position: null, wasHeld: false };
    expect(decisionSchema.parse(mode.decide({ ...bot, analysis }))).toMatchObject({
      action: "hold",
      reason: { code: "warming-up" },
    });
  });
});
