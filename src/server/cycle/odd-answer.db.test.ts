import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../scripts/testing/open-model-bed";
import type { Behaviour } from "../../../simulators/messages/behaviour";
import { tellError } from "../../../simulators/messages/messages-answer";
import { cycleModelSchema } from "~/contracts/model-view";
import { ANSWER_TOOL } from "~/trading/decision/asking/answer";
import { loadBotBooks } from "../books/bot-books";
import type { Ports } from "../ports";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { claimSlot } from "../testing/cycle-fixture";
import { ASKING, endAfterAnswer } from "../testing/model-fixture";
import { getCycleModel } from "../views/models/get-cycle-model";
import { askModel } from "./ask-model";
import type { CycleRef } from "./cycle-ref";
import { loadModelQuestion } from "./load-model-question";
import { readMarket } from "./read-market";
import { readPortfolio } from "./read-portfolio";

const [PAIR, OTHER] = ["BTC/USDT", "ETH/USDT"];
const HOLD = { pair: OTHER, action: "hold", confidence: 0.5, thesis: "waits", evidence: [] };

let runtime: Runtime;
let bed: ModelBed;
let fixture: BooksFixture;
let ports: Ports;
let cycle: CycleRef;
openBed((opened) => ({ runtime } = opened));
openModelBed((opened) => (bed = opened));
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { pairs: [PAIR, OTHER], settings: ASKING });
  ports = withModels(fixture.ports, bed.settings);
  await runtime.db.modelGate.updateMany({ data: { calls: 0, failures: 0, openUntil: null } });
  cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
  await readMarket(ports, cycle);
  await readPortfolio(ports, cycle);
});

/** A long that nothing is wrong with, but for what `change` makes of it by the price. */
const openWith = async (change: (close: number) => object): Promise<object> => {
  const books = await loadBotBooks(runtime.db, cycle.botId);
  const question = await loadModelQuestion(ports, { cycle, context: await ports.contexts.ofCycle(cycle), books });
  const shown = (name: string): number => Number(question?.facts.find(({ path }) => path === `${PAIR}.${name}`)?.value);
  const close = shown("1h.close");
  return {
    pair: PAIR,
    action: "open_long",
    confidence: 0.9,
    thesis: "It rises.",
    evidence: ["1h.close", "1h.rsi14", "1h.ema20"].map((name) => ({ path: `${PAIR}.${name}`, value: shown(name) })),
    stop_loss: close * 0.98,
    take_profit: close * 1.1,
    invalidation: [{ on: "close", operator: "<", price: close * 0.985, candles: 2 }],
    ...change(close),
  };
};

/** The whole cycle by these answers, its page included; its decisions. */
const live = async (...behaviours: readonly Behaviour[]) => {
  bed.simulator.script(...behaviours);
  const asked = await askModel(ports, cycle);
  await endAfterAnswer(ports, cycle);
  const { cycleId } = cycle;
  const { status, retries } = await runtime.db.cycle.findUniqueOrThrow({ where: { id: cycleId } });
  expect([status, retries]).toEqual(["done", 0]);
  cycleModelSchema.parse(await getCycleModel(ports, { userId: fixture.userId, cycleId }));
  const decisions = await runtime.db.decision.findMany({ where: { cycleId }, orderBy: { sequence: "asc" } });
  return { asked, decisions: decisions.map(({ action, reasonCode }) => [action, reasonCode]) };
};

describe("an answer that nobody can keep spoils its pair alone, and the cycle ends:", () => {
  const short = (close: number): object => ({ action: "open_short", stop_loss: close * 1.02 });
  const far = (price: number): object => ({ invalidation: [{ on: "close", operator: "<", price, candles: 1 }] });
  // Of four bytes a letter as it is kept (NFKC), so that twelve of them are nearly all that may be.
  const wide = (value: number): object => ({
    evidence: Array.from({ length: 12 }, () => ({ path: "\uFACF".repeat(100), value })),
  });

  it.each<[what: string, change: (close: number) => object, code: string]>([
    ["a target beyond all measure", () => ({ take_profit: 1e25 }), "wrong-levels"],
    ["a stop of next to nothing", (close) => ({ stop_loss: 1e-30, take_profit: close * 3 }), "wrong-levels"],
    ["a short's target of next to nothing", (close) => ({ ...short(close), take_profit: 1e-20 }), "wrong-levels"],
    ["a condition beyond all measure", () => far(1e300), "wrong-levels"],
    ["a condition of next to nothing", () => far(5e-324), "wrong-levels"],
    ["citations of 309 digits", () => wide(1e308), "ungrounded"],
    ["citations of 324 digits after the point", () => wide(5e-324), "ungrounded"],
  ])("%s", async (_what, change, code) => {
    const { asked, decisions } = await live({ kind: "reply", input: { decisions: [await openWith(change), HOLD] } });
    expect(asked).toMatchObject({ outcome: "answered" });
    expect(decisions).toEqual([
      ["hold", code],
      ["hold", "model-holds"],
    ]);
  });

  it("none, where nothing is wrong with it", async () => {
    const answer = await openWith(() => ({}));
    const { decisions } = await live({ kind: "reply", input: { decisions: [answer, HOLD] } });
    expect(decisions).toEqual([
      ["open", "entry"],
      ["hold", "model-holds"],
    ]);
  });
});

const bodyOf = (changes: object): Behaviour => {
  const content = [
    { type: "tool_use", id: "t", name: ANSWER_TOOL, input: { decisions: [HOLD, { ...HOLD, pair: PAIR }] } },
  ];
  const usage = { input_tokens: 10, output_tokens: 10 };
  const body = { type: "message", model: "m", content, stop_reason: "tool_use", usage, ...changes };
  return { kind: "failed", answer: { status: 200, headers: {}, body } };
};

describe("a reply", () => {
  const HOLDS = [
    ["hold", "model-holds"],
    ["hold", "model-holds"],
  ];
  const callOf = () => runtime.db.modelCall.findFirstOrThrow({ where: { cycleId: cycle.cycleId } });

  it("whose tokens are more than can be counted is used, and all that was set aside is charged", async () => {
    const { decisions } = await live(bodyOf({ usage: { input_tokens: 3_000_000_000, output_tokens: 1 } }));
    expect(decisions).toEqual(HOLDS);
    const { inputTokens, cost, reserve } = await callOf();
    expect([inputTokens, cost?.toFixed()]).toEqual([null, reserve.toFixed()]);
  });

  it.each(["constructor", "__proto__", "toString"])(
    "that stopped for %s is of no use, and its page says so",
    async (stop) => {
      const odd = bodyOf({ stop_reason: stop });
      const { asked, decisions } = await live(odd, odd);
      expect(asked).toMatchObject({ outcome: "held", text: expect.stringMatching(/reason that is not known/) });
      expect(decisions.map(([, code]) => code)).toEqual(["no-answer", "no-answer"]);
    },
  );

  it("of a mebibyte of fields that nobody asked for is stored, and what is said of it is short", async () => {
    // Their names take more room where they are told than where they stand.
    const fields = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [(index + 50_000).toString(36), 1]),
    );
    const decisions = [{ ...HOLD, pair: PAIR, ...fields }, HOLD];
    const input = { decisions: [...decisions, { pair: "x".repeat(100_000) }] };
    const lived = await live(bodyOf({ content: [{ type: "tool_use", name: ANSWER_TOOL, input }] }));
    expect(lived.decisions).toEqual([
      ["hold", "no-answer"],
      ["hold", "model-holds"],
    ]);
    const { raw, verdict } = await callOf();
    expect(raw?.length).toBeGreaterThan(900_000);
    expect(JSON.stringify(verdict).length).toBeLessThan(2000);
  });

  it("that speaks of signs which no database keeps, in letters, is used", async () => {
    const { decisions } = await live(bodyOf({ model: "\\u0000 \\ud800" }));
    expect(decisions).toEqual(HOLDS);
    expect((await callOf()).servedModel).toBe("\\u0000 \\ud800");
  });
});

it.each([
  ["half of a character", "no \uD83D credit"],
  ["a character at the place where it is cut", `${"a".repeat(199)}\u{1F600} and more`],
])("a vendor's error with %s is told without setting its cycle back", async (_what, message) => {
  const { asked, decisions } = await live({ kind: "turned-away", answer: tellError(400, message) });
  expect(asked).toMatchObject({ outcome: "held", code: "model-refused" });
  expect(decisions.map(([, code]) => code)).toEqual(["model-refused", "model-refused"]);
});
