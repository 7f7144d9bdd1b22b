import { describe, expect, it } from "vitest";
import { decisionSchema } from "../../basis/decision";
import { analyseTrinitySignals } from "./analyse-trinity";
import { decideTrinity } from "./decide-trinity";
import { NEUTRAL_SIGNALS } from "./neutral-signals";
import { trinitySettingsSchema } from "./trinity-settings";
import type { TrinitySignals } from "./trinity-signals";
import { trinitySizeFraction } from "./trinity-size";
import { TRINITY_WINDOW } from "./trinity-warm-up";

const market = (change: Partial<TrinitySignals>): TrinitySignals => ({ ...NEUTRAL_SIGNALS, ...change });
const cloud = (tenkan: number, spanA: number, spanB: number) => ({ tenkan, kijun: 100, spanA, spanB });

/** All six categories speak for the side. */
const EVERYTHING = {
  long: market({
    sma200: 99,
    cloud: cloud(101, 99, 98),
    cloudCross: "up",
    rsi14: 39,
    volume: { value: 11, mean: 10 },
    bands: { bandwidth: 0.03, median: 0.02 },
  }),
  short: market({
    sma200: 101,
    cloud: cloud(99, 101, 102),
    cloudCross: "down",
    rsi14: 61,
    volume: { value: 11, mean: 10 },
    bands: { bandwidth: 0.03, median: 0.02 },
  }),
};

const decide = (signals: TrinitySignals, settings: object = {}) =>
  decideTrinity({
    pair: "BTC/USDT",
    settings: trinitySettingsSchema.parse(settings),
    analysis: analyseTrinitySignals(signals, TRINITY_WINDOW),
    position: null,
  });

describe("an entry", () => {
  it("opens the higher side with size, stop and target from the last close", () => {
    expect(decisionSchema.parse(decide(EVERYTHING.long))).toMatchObject({
      action: "open",
      side: "long",
      score: 1,
      sizeFraction: 0.1,
      leverage: 1,
      decidedCandle: 3_600_000,
      entryPrice: "100",
      stopLoss: "96.5",
      takeProfit: "108",
      reason: { code: "entry" },
    });
    expect(decide(EVERYTHING.short, { leverage: 3, stopLossFraction: 0.02 })).toMatchObject({
      action: "open",
      side: "short",
      leverage: 3,
      stopLoss: "102",
      takeProfit: "92",
    });
    expect(decide(EVERYTHING.long).invalidation).toHaveLength(3);
  });

  it("holds on a tie, also of two sides without a single condition", () => {
    expect(decide(NEUTRAL_SIGNALS)).toMatchObject({ action: "hold", side: null, score: 0, reason: { code: "tie" } });
    expect(decide(market({ volume: { value: 11, mean: 10 } })).reason.code).toBe("tie");
  });

  const untriggered: TrinitySignals = {
    ...EVERYTHING.long,
    cloudCross: "none",
    candle: NEUTRAL_SIGNALS.candle,
    ema20: 100,
  };

  it("holds without its trigger, however high the score, except in the preset of the original", () => {
    expect(decide(untriggered)).toMatchObject({ action: "hold", score: 0.8, reason: { code: "no-trigger" } });
    expect(decide(untriggered, { preset: "original" })).toMatchObject({ action: "open", sizeFraction: 0.08 });
  });

  it("holds below the minimum score and opens exactly on it", () => {
    const at = market({ sma200: 99, cloud: cloud(101, 100, 100), cloudCross: "up" });
    expect(decide(at)).toMatchObject({ action: "open", score: 0.65, sizeFraction: 0.06 });
    expect(decide(at, { entryScoreMin: 0.66 })).toMatchObject({
      action: "hold",
      reason: { code: "score-below-minimum" },
    });
  });

  it("holds while one of its own exit rules speaks against it, unless that rule is off", () => {
    const below = { standing: "below" as const, turnedAt: null };
    const down = { supertrend: 103, turns: { ...NEUTRAL_SIGNALS.turns, supertrend: below } };
    expect(decide({ ...EVERYTHING.long, ...down })).toMatchObject({
      action: "hold",
      reason: { code: "exit-rule-holds" },
    });
    expect(decide({ ...EVERYTHING.long, ...down }, { exitOnSupertrend: false }).action).toBe("open");
    expect(decide({ ...EVERYTHING.long, rsi14: 76 }).reason.code).toBe("exit-rule-holds");
  });
});

it.each([
  [1, 0.1],
  [0.95, 0.1],
  [0.9499, 0.08],
  [0.8, 0.08],
  [0.65, 0.06],
  [0.5, 0.04],
  [0.4999, null],
])("a score of %d has the size %d", (score, size) => expect(trinitySizeFraction(score)).toBe(size));

it("settings refuse a minimum score below the lowest tier, and know both presets", () => {
  expect(() => trinitySettingsSchema.parse({ entryScoreMin: 0.49 })).toThrow(/entryScoreMin/);
  expect(trinitySettingsSchema.parse({})).toMatchObject({ entryScoreMin: 0.65, triggerRequired: true });
  expect(trinitySettingsSchema.parse({ preset: "original" })).toMatchObject({
    entryScoreMin: 0.5,
    triggerRequired: false,
  });
});
