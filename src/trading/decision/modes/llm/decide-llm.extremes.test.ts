import { describe, expect, it } from "vitest";
import type { Decision } from "../../basis/decision";
import type { EntryAnswer } from "../../asking/answer";
import { llmSettingsSchema } from "../../asking/llm-settings";
import { toldFacts, toldReadings, TOLD_PAIR } from "../../asking/testing/told-market";
import { decideLlm } from "./decide-llm";

const FACTS = toldFacts();
const CLOSE = toldReadings().frames[0]?.close ?? Number.NaN;
const CITED = ["1h.close", "1h.rsi14"].map((name) => {
  const path = `${TOLD_PAIR}.${name}`;
  return { path, value: Number(FACTS.find((fact) => fact.path === path)?.value) };
});

const LONG: EntryAnswer = {
  pair: TOLD_PAIR,
  action: "open_long",
  confidence: 0.8,
  thesis: "The trend is up.",
  evidence: CITED,
  stop_loss: CLOSE * 0.98,
  take_profit: CLOSE * 1.05,
  invalidation: [{ on: "close", operator: "<", price: CLOSE * 0.985, candles: 2 }],
};
const SHORT = { action: "open_short", stop_loss: CLOSE * 1.02, take_profit: CLOSE * 0.95 } as const;

const decided = (changes: Partial<EntryAnswer>, rewardRiskMin = 1.5): Decision =>
  decideLlm({
    pair: TOLD_PAIR,
    settings: llmSettingsSchema.parse({ rewardRiskMin }),
    position: null,
    close: CLOSE,
    candle: 0,
    answer: { ...LONG, ...changes },
    facts: FACTS,
  });

describe("an entry whose levels no book can keep", () => {
  it.each<[what: string, changes: Partial<EntryAnswer>, rewardRiskMin?: number]>([
    ["a target beyond all measure", { take_profit: 1e25 }],
    ["a stop of next to nothing", { stop_loss: 1e-30, take_profit: CLOSE * 3 }],
    ["a short's target of next to nothing", { ...SHORT, take_profit: 5e-324 }],
    ["a short's stop beyond all measure", { ...SHORT, stop_loss: 1e25 }, 0],
    ["a condition beyond all measure", { invalidation: [{ on: "close", operator: "<", price: 1e300, candles: 1 }] }],
    ["a condition of next to nothing", { invalidation: [{ on: "time", minutes: 9, unlessPrice: 5e-324 }] }],
  ])("is a hold that says so: %s", (_what, changes, rewardRiskMin) => {
    expect(decided(changes, rewardRiskMin)).toMatchObject({
      action: "hold",
      stopLoss: null,
      takeProfit: null,
      reason: { code: "wrong-levels", text: expect.stringMatching(/^its level \S+ is out of all proportion/) },
    });
  });

  it("is none where they are far and still prices", () => {
    expect(decided({ take_profit: CLOSE * 900 })).toMatchObject({ action: "open" });
    expect(decided({ ...SHORT, take_profit: CLOSE / 900 })).toMatchObject({ action: "open" });
  });
});

describe("what is cited", () => {
  it("fills no row with its digits: a number that nobody was told, of any size, stands in the reason alone", () => {
    const values = [1e308, -1e308, 5e-324, 0, 0.5];
    const decision = decided({ evidence: [...CITED, ...values.map((value) => ({ path: "x", value }))] });
    expect(decision.evidence.slice(CITED.length).map(({ threshold }) => threshold)).toEqual([null, null, null, 0, 0.5]);
    expect(decision.reason.code).toBe("ungrounded");
    const { reason } = decided({ evidence: [{ path: CITED[0]?.path ?? "", value: 1e308 }] });
    expect(reason.text).toContain("1e+308");
  });
});
