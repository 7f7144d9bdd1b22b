import { describe, expect, it } from "vitest";
import type { Evidence } from "../../basis/decision";
import type { StoredHold } from "../../basis/decision-mode";
import { nearestEntry } from "./nearest-entry";

const line = (part: Partial<Evidence>): Evidence => ({
  side: "long",
  category: "momentum",
  condition: "rsi14",
  value: 43.1,
  operator: "<",
  threshold: 40,
  met: false,
  weight: 0.2,
  contribution: 0,
  ...part,
});
const RSI = line({});
const MACD = line({ condition: "macd-signal", value: -2, operator: ">", threshold: 1 });
const REGIME = line({
  category: "regime",
  condition: "close-sma200",
  value: 99,
  operator: ">",
  threshold: 100,
  weight: 0.25,
});
const BANDS = line({
  category: "volatility",
  condition: "band-expansion",
  value: 2.59,
  operator: ">",
  threshold: 2.6,
  weight: 0.05,
});
const PULLBACK = line({ category: "entry", condition: "ema20-pullback", value: 1, operator: ">=", threshold: 2 });
const CROSS = line({ category: "entry", condition: "cloud-cross", value: 98, operator: "crosses-up", threshold: 100 });
const OPPOSED = line({
  category: "adjustment",
  condition: "confirm-opposes",
  operator: "<",
  value: -30,
  threshold: -20,
  met: true,
  weight: -0.1,
  contribution: -0.1,
});
const met = (of: Evidence): Evidence => ({ ...of, met: true, contribution: of.weight });

const hold = (part: Partial<StoredHold>): StoredHold => ({
  reasonCode: "score-below-minimum",
  scores: { long: 0.58, short: 0.2 },
  evidence: [RSI, MACD],
  priceDigits: 1,
  ...part,
});

describe("nearestEntry", () => {
  it.each<[situation: string, hold: Partial<StoredHold>, words: string | null]>([
    [
      "a score that is short by one condition",
      {},
      "long: score 0.58 of 1, 0.07 short: the nearest condition is RSI14 at 43.1, it would have to be below 40",
    ],
    [
      "two categories that would do: the nearer one",
      { evidence: [RSI, REGIME] },
      "long: score 0.58 of 1, 0.07 short: the nearest condition is the close against SMA200 at 99.0, it would have to be above 100.0",
    ],
    [
      "a nearer category that adds too little: the one that is enough",
      { evidence: [BANDS, RSI] },
      "long: score 0.58 of 1, 0.07 short: the nearest condition is RSI14 at 43.1, it would have to be below 40",
    ],
    [
      "no category that is enough alone",
      { evidence: [BANDS] },
      "long: score 0.58 of 1, 0.07 short: the nearest condition is the width of the Bollinger bands at 2.59, it would have to be above 2.6 (it adds 0.05 and is not enough alone)",
    ],
    [
      "a category that counts already",
      { evidence: [RSI, met(MACD)] },
      "long: score 0.58 of 1, 0.07 short: no condition that is known and not met would add to it",
    ],
    [
      "an opposing second timeframe: a category adds a fifth less",
      { scores: { long: 0.46, short: 0.2 }, evidence: [RSI, OPPOSED] },
      "long: score 0.46 of 1, 0.19 short: the nearest condition is RSI14 at 43.1, it would have to be below 40 (it adds 0.16 and is not enough alone)",
    ],
    [
      "the higher side only",
      {
        scores: { long: 0.2, short: 0.6 },
        evidence: [RSI, line({ side: "short", operator: ">", value: 55, threshold: 60 })],
      },
      "short: score 0.6 of 1, 0.05 short: the nearest condition is RSI14 at 55, it would have to be above 60",
    ],
    [
      "unknown data",
      { evidence: [line({ value: null, met: null })] },
      "long: score 0.58 of 1, 0.07 short: no condition that is known and not met would add to it",
    ],
    [
      "no trigger with a score that is enough with it",
      { reasonCode: "no-trigger", evidence: [PULLBACK, CROSS] },
      "long: the nearest entry trigger is the close crossing the cloud at 98.0, it would have to cross from below to above 100.0",
    ],
    [
      "no trigger, and a score that is short with it too",
      { reasonCode: "no-trigger", scores: { long: 0.35, short: 0.2 }, evidence: [PULLBACK] },
      "long: the nearest entry trigger is the pullback to EMA20, of which 1 of 2 parts are met; with it the score of 0.35 would still be 0.1 short",
    ],
    [
      "an exit rule that holds",
      {
        reasonCode: "exit-rule-holds",
        evidence: [line({ category: "exit", condition: "rsi", operator: ">", value: 78, threshold: 75, met: true })],
      },
      "its own exit rule would have to end: RSI14 at 78, it would have to be at most 75",
    ],
    [
      "a tie",
      { reasonCode: "tie", scores: { long: 0.4, short: 0.4 } },
      "one side would have to score higher than the other: both score 0.4 of 1",
    ],
    [
      "warming up",
      { reasonCode: "warming-up", evidence: [], scores: { long: null, short: null } },
      "more candles would have to close first",
    ],
    ["an open position", { reasonCode: "position-open" }, null],
    ["evidence that was dropped", { evidence: null }, null],
  ])("given %s", (_situation, part, words) => {
    expect(nearestEntry(hold(part), 0.65)).toBe(words);
  });
});
