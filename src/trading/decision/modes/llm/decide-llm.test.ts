import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decisionSchema } from "../../basis/decision";
import { ANSWER_TOOL, type PairAnswer } from "../../asking/answer";
import { CITED_TOLERANCE } from "../../asking/check-citations";
import { decideLlm, type AnsweredPair } from "./decide-llm";
import type { Fact } from "../../asking/fact";
import { llmSettingsSchema } from "../../asking/llm-settings";
import { readAnswer } from "../../asking/read-answer";
import { toldFacts, toldReadings, TOLD_PAIR } from "../../asking/testing/told-market";

const SETTINGS = llmSettingsSchema.parse({});
const FACTS = toldFacts();
const CLOSE = toldReadings().frames[0]?.close ?? Number.NaN;

const valueAt = (path: string, facts: readonly Fact[] = FACTS): number => {
  const value = facts.find((fact) => fact.path === path)?.value;
  if (typeof value !== "number") throw new Error(`no number at ${path}`);
  return value;
};
const cite = (path: string) => ({ path, value: valueAt(path) });
const CITED = [cite(`${TOLD_PAIR}.1h.close`), cite(`${TOLD_PAIR}.1h.rsi14`), cite(`${TOLD_PAIR}.4h.ema20`)];

const LONG: PairAnswer = {
  pair: TOLD_PAIR,
  action: "open_long",
  confidence: 0.8,
  thesis: "The trend is up on both timeframes.",
  evidence: CITED,
  stop_loss: CLOSE * 0.98,
  take_profit: CLOSE * 1.05,
  invalidation: [{ on: "close", operator: "<", price: CLOSE * 0.985, candles: 2 }],
};
const HELD = { side: "long", openedAt: 0, entryPrice: "1", partsTaken: [] } as const;

const question = (answer: AnsweredPair["answer"], changes: Partial<AnsweredPair> = {}): AnsweredPair => ({
  pair: TOLD_PAIR,
  settings: SETTINGS,
  position: null,
  close: CLOSE,
  candle: 0,
  answer,
  facts: FACTS,
  ...changes,
});
const decided = (changes: object, rest: Partial<AnsweredPair> = {}) =>
  decideLlm(question({ ...LONG, ...changes }, rest));

describe("what a model wants for a pair", () => {
  it("is an entry with its levels, its conditions and what it cited, in the contract of all modes", () => {
    const decision = decided({});
    expect(decisionSchema.parse(decision)).toMatchObject({
      action: "open",
      side: "long",
      score: 0.8,
      sizeFraction: SETTINGS.sizeFraction,
      leverage: SETTINGS.leverage,
      exits: { invalidation: [{ on: "close", operator: "<", candles: 2 }] },
      reason: { code: "entry", text: LONG.thesis },
    });
    expect(
      decision.evidence.map(({ condition, value, threshold, met }) => [condition, value === threshold, met]),
    ).toEqual(["1h.close", "1h.rsi14", "4h.ema20"].map((condition) => [condition, true, true]));
  });

  it("keeps each condition that proves it wrong, of either kind, in the money of its market", () => {
    const invalidation = [
      { on: "close", operator: "<", price: 95.5, candles: 2 },
      { on: "time", minutes: 90, unlessPrice: 110.25 },
    ] as const;
    expect(decided({ invalidation }).exits?.invalidation).toEqual([
      { on: "close", operator: "<", price: "95.5", candles: 2 },
      { on: "time", minutes: 90, unlessPrice: "110.25" },
    ]);
  });

  it("is told in words that hide nothing, whatever the model wrote", () => {
    expect(decided({ thesis: "Buy\u202E\u200B <b>now</b>\n![x](https://evil.example/?k=1)" }).reason.text).toBe(
      "Buy now ! x (",
    );
    expect(decided({ thesis: "\u200B" }).reason.text).toBe("the model gave no reason that can be shown");
    const cited = decided({ evidence: [...CITED, { path: "x\u202E<i>", value: "\u202E" }] });
    expect(cited.reason.text).toBe("it cites x , which it was not told");
    expect(cited.evidence.at(-1)?.condition).toBe("x");
    const answer = { fault: 'Unrecognized key: "\u202Ea"' };
    expect(decideLlm(question(answer)).reason.text).toBe('Unrecognized key: "a"');
  });

  it("is a short by the same rules turned over", () => {
    const short = { action: "open_short", stop_loss: CLOSE * 1.02, take_profit: CLOSE * 0.95 };
    expect(decided(short)).toMatchObject({ action: "open", side: "short" });
    expect(decided({ ...short, stop_loss: CLOSE * 0.98 }).reason.code).toBe("wrong-levels");
    const buysOnly = { settings: { ...SETTINGS, sides: "long" } } as const;
    expect(decided(short, buysOnly).reason.code).toBe("side-not-traded");
  });

  it.each<[what: string, changes: object, code: string]>([
    ["a stop above the price of a long", { stop_loss: CLOSE * 1.01 }, "wrong-levels"],
    ["a stop at the price", { stop_loss: CLOSE }, "wrong-levels"],
    ["a target below it", { take_profit: CLOSE * 0.99 }, "wrong-levels"],
    ["a target that gains too little", { take_profit: CLOSE * 1.02 }, "poor-reward"],
    ["too little confidence", { confidence: 0.64 }, "low-confidence"],
    ["no citations", { evidence: [] }, "ungrounded"],
    ["too few numbers of its own market", { evidence: [cite(`${TOLD_PAIR}.1h.close`)] }, "ungrounded"],
    ["one number twice", { evidence: [CITED[0], CITED[0]] }, "ungrounded"],
    [
      "numbers of its portfolio alone",
      { evidence: [cite("portfolio.equity"), cite("limits.positions")] },
      "ungrounded",
    ],
    ["a path that it was not told", { evidence: [...CITED, { path: "ETH/USDT.1h.close", value: 1 }] }, "ungrounded"],
    [
      "a value that is missing",
      { evidence: [...CITED, { path: `${TOLD_PAIR}.open-interest`, value: 1 }] },
      "ungrounded",
    ],
    ["a word for a number", { evidence: [...CITED, { path: `${TOLD_PAIR}.1h.ema50`, value: "high" }] }, "ungrounded"],
  ])("is held for %s", (_what, changes, code) => {
    expect(decided(changes)).toMatchObject({ action: "hold", reason: { code }, side: null, stopLoss: null });
  });

  it("closes what is held, and nothing else", () => {
    const close = {
      pair: TOLD_PAIR,
      action: "close",
      confidence: 0.9,
      thesis: "It is over.",
      evidence: CITED,
    } as const;
    expect(decideLlm(question(close, { position: HELD }))).toMatchObject({ action: "close", side: "long" });
    expect(decideLlm(question(close)).reason.code).toBe("nothing-to-close");
    expect(decideLlm(question({ ...close, evidence: [] }, { position: HELD })).reason.code).toBe("ungrounded");
    expect(decided({}, { position: HELD }).reason.code).toBe("position-open");
  });

  it("counts a number that was changed beyond the tolerance as no ground, every time, and one within it as ground", () => {
    const numbers = FACTS.filter(({ value }) => typeof value === "number" && value !== 0);
    fc.assert(
      fc.property(
        fc.constantFrom(...numbers),
        fc.double({ min: 1.01, max: 1000, noNaN: true }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.boolean(),
        ({ path, value }, beyond, within, isUp) => {
          const moved = (times: number): number => Number(value) * (1 + (isUp ? 1 : -1) * CITED_TOLERANCE * times);
          const changed = { path, value: moved(beyond) };
          expect(decided({ evidence: [...CITED, changed] }).reason.code).toBe("ungrounded");
          expect(decided({ evidence: [...CITED, { path, value: moved(within) }] }).action).toBe("open");
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("whatever a model replies", () => {
  const block = fc.oneof(
    fc.anything(),
    fc.record({ type: fc.constant("tool_use"), name: fc.constantFrom(ANSWER_TOOL, "transfer"), input: fc.anything() }),
    fc.record({
      type: fc.constant("tool_use"),
      name: fc.constant(ANSWER_TOOL),
      input: fc.record({
        decisions: fc.array(
          fc.oneof(
            fc.anything(),
            fc.record(
              {
                pair: fc.constantFrom(TOLD_PAIR, "ETH/USDT", "__proto__"),
                action: fc.constantFrom("open_long", "open_short", "close", "hold", "yolo"),
                confidence: fc.double(),
                thesis: fc.string(),
                evidence: fc.constantFrom(CITED, [], [{ path: "constructor", value: 1 }]),
                stop_loss: fc.oneof(fc.double(), fc.constant(CLOSE * 0.98)),
                take_profit: fc.oneof(fc.double(), fc.constant(CLOSE * 1.1)),
                invalidation: fc.constantFrom(LONG.invalidation, []),
                size: fc.constant(1000),
                leverage: fc.constant(100),
              },
              { requiredKeys: ["pair", "action", "confidence", "thesis", "evidence"] },
            ),
          ),
          { maxLength: 3 },
        ),
      }),
    }),
  );
  const reply = fc.record({
    stopReason: fc.constantFrom("tool_use", "tool_use", "end_turn", "refusal", "max_tokens", "pause_turn", "new", null),
    content: fc.array(block, { maxLength: 3 }),
  });

  it("is read and decided without a throw, and never yields an entry that was not validated", () => {
    fc.assert(
      fc.property(reply, (given) => {
        const read = readAnswer(given, [TOLD_PAIR, "ETH/USDT"]);
        if ("fault" in read) return;
        for (const [pair, answer] of read.pairs) {
          const decision = decisionSchema.parse(decideLlm(question(answer, { pair })));
          if (decision.action !== "open") continue;
          const levels = [decision.stopLoss, decision.entryPrice, decision.takeProfit].map(Number);
          expect(levels).toEqual(levels.toSorted((one, other) => (one - other) * (decision.side === "long" ? 1 : -1)));
          expect(decision).toMatchObject({ sizeFraction: SETTINGS.sizeFraction, leverage: SETTINGS.leverage });
          expect(decision.evidence.every(({ met }) => met)).toBe(true);
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it("drops no pair for the fault of another", () => {
    const hold = { pair: "ETH/USDT", action: "hold", confidence: 0.5, thesis: "Nothing moves.", evidence: [] };
    const decisions = [{ ...LONG, leverage: 50 }, hold, { pair: "DOGE/USDT" }, "sell everything"];
    const content = [{ type: "thinking" }, { type: "tool_use", name: ANSWER_TOOL, input: { decisions } }];
    const read = readAnswer({ stopReason: "tool_use", content }, [TOLD_PAIR, "ETH/USDT", "SOL/USDT"]);
    if ("fault" in read) throw new Error(read.fault);
    expect(read.ignored).toEqual(["DOGE/USDT", "without a pair"]);
    expect(read.pairs.get("ETH/USDT")).toEqual(hold);
    expect(read.pairs.get("SOL/USDT")).toEqual({ fault: "the model did not answer about it" });
    expect(read.pairs.get(TOLD_PAIR)).toMatchObject({
      fault: expect.stringMatching(/not of the form.*leverage/) as string,
    });
  });

  it.each([
    ["refusal", [], /refused/],
    ["max_tokens", [], /cut/],
    ["end_turn", [{ type: "text", text: "I would buy." }], /prose/],
    ["tool_use", [{ type: "tool_use", name: "transfer", input: {} }], /another tool/],
    ["tool_use", [], /another tool/],
    ["tool_use", [{ type: "tool_use", name: ANSWER_TOOL, input: "{}" }], /not of the form/],
    [
      "tool_use",
      [
        { type: "tool_use", name: ANSWER_TOOL },
        { type: "tool_use", name: ANSWER_TOOL },
      ],
      /more than once/,
    ],
  ])("by %s with %j is a fault in words", (stopReason, content, words) => {
    expect(readAnswer({ stopReason, content }, [TOLD_PAIR])).toMatchObject({
      fault: expect.stringMatching(words) as string,
    });
  });
});
