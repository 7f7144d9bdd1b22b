import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../scripts/testing/open-model-bed";
import { STRATEGY_MAX } from "~/trading/decision/asking/llm-settings";
import { decimal } from "~/trading/money";
import type { Ports } from "../ports";
import type { Runtime } from "../runtime";
import { newUser } from "../testing/asking-bots";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { claimSlot } from "../testing/cycle-fixture";
import { ASKING, askInCycle, endAfterAnswer } from "../testing/model-fixture";
import { listPastQuestions, showTried } from "../views/models/past-questions";
import { tryStrategy } from "./try-strategy";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
const MODEL = "scripted/scripted-trader-1";
const DECISION = {
  model: MODEL,
  strategy: "Sell nothing on a Friday.",
  sides: "both",
  confidenceMin: 0.65,
  rewardRiskMin: 1.5,
  citationsMin: 2,
} as const;

let runtime: Runtime;
let bed: ModelBed;
let fixture: BooksFixture;
let ports: Ports;
openBed((opened) => ({ runtime } = opened));
openModelBed((opened) => (bed = opened));
beforeAll(async () => {
  fixture = await createBooksFixture(runtime, { pairs: PAIRS, settings: ASKING });
  ports = withModels(fixture.ports, bed.settings);
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
  await askInCycle(ports, cycle);
  await endAfterAnswer(ports, cycle);
});

const owned = () => ({ userId: fixture.userId, botId: fixture.botId });
const questions = () => listPastQuestions(ports, { ...owned(), model: MODEL });
const askedCalls = () => bed.simulator.requests().length;
const callOf = (id: string) => runtime.db.modelCall.findUniqueOrThrow({ where: { id } });
const spentOf = async (scope: "bot" | "user", scopeId: string) => {
  const { _sum } = await runtime.db.modelSpend.aggregate({ where: { scope, scopeId }, _sum: { spent: true } });
  return decimal(_sum.spent?.toFixed() ?? "0");
};

let callId: string;
beforeEach(async () => {
  callId = (await questions())[0]?.callId ?? "";
});
const trial = (more: object = {}) => ({ ...owned(), trialId: runtime.newId(), callId, decision: DECISION, ...more });

describe("a strategy that is tried on a past question", () => {
  it("is asked with the data of then, word for word, and its answer is checked against them", async () => {
    const asked = await tryStrategy(ports, trial());
    const [before, after] = [await callOf(callId), await callOf(asked.callId ?? "")];
    const [then, now] = [before.prompt, after.prompt] as { system: string[]; message: string; pairs: string[] }[];
    expect(now?.message).toBe(then?.message);
    expect(now?.system[0]).toBe(then?.system[0]);
    expect(now?.system[1]).toContain(DECISION.strategy);
    expect(now?.system[1]).not.toBe(then?.system[1]);
    expect(after).toMatchObject({ facts: before.facts, state: "replied", botId: null, cycleId: null });
    const shown = await showTried(ports, { userId: fixture.userId, ...asked });
    expect(shown.pairs.map(({ pair }) => pair)).toEqual(PAIRS);
    expect(shown.fault).toBeNull();
    expect(shown.cost).toBe(after.cost?.toFixed());
    const citations = shown.pairs.flatMap(({ proposal }) => proposal?.citations ?? []);
    expect(citations.length).toBeGreaterThan(0);
    expect(citations.every(({ verdict }) => verdict === "grounded")).toBe(true);
  });

  it("is paid by its user and not by its bot, and neither decides nor posts anything", async () => {
    const books = async () => [
      await runtime.db.decision.count(),
      await runtime.db.ledgerEntry.count(),
      await runtime.db.cycle.count(),
      (await spentOf("bot", fixture.botId)).toFixed(),
    ];
    const [before, spent] = [await books(), await spentOf("user", fixture.userId)];
    const { callId: id } = await tryStrategy(ports, trial());
    expect(await books()).toEqual(before);
    const paid = (await spentOf("user", fixture.userId)).minus(spent);
    expect(paid.gt(0)).toBe(true);
    expect(paid.toFixed()).toBe((await callOf(id ?? "")).cost?.toFixed());
  });

  it("that is sent twice, after one another or at once, is asked and paid once", async () => {
    const before = askedCalls();
    const [one, at] = [trial(), trial()];
    const first = await tryStrategy(ports, one);
    expect(await tryStrategy(ports, one)).toEqual(first);
    const both = await Promise.all([tryStrategy(ports, at), tryStrategy(ports, at)]);
    expect(both.map((asked) => asked.callId)).toEqual([at.trialId, at.trialId]);
    expect(askedCalls() - before).toBe(2);
  });

  it("asks nobody over the user's budget, and says so", async () => {
    const before = askedCalls();
    const poor = withModels(ports, { ...bed.settings, userBudget: "0.000001" });
    const asked = await tryStrategy(poor, trial());
    expect(asked).toMatchObject({ callId: null, text: expect.stringContaining("budget of all bots of your account") });
    expect(await showTried(ports, { userId: fixture.userId, ...asked })).toMatchObject({ pairs: [], cost: null });
    expect(askedCalls()).toBe(before);
  });

  it("is refused on a question of somebody else, of another bot and of a trial", async () => {
    const stranger = await newUser(ports);
    const { callId: tried } = await tryStrategy(ports, trial());
    const refused = expect.objectContaining({ code: "not-found" });
    const before = askedCalls();
    for (const more of [{ userId: stranger }, { botId: await fixture.addBot({}) }, { callId: tried }]) {
      await expect(tryStrategy(ports, trial(more))).rejects.toEqual(refused);
    }
    await expect(listPastQuestions(ports, { ...owned(), userId: stranger, model: MODEL })).rejects.toEqual(refused);
    expect(askedCalls()).toBe(before);
  });
});

describe("past questions", () => {
  it("are those that were answered, with what was answered, and with the most that any strategy costs", async () => {
    await tryStrategy(ports, trial());
    const [question, ...others] = await questions();
    expect(others).toEqual([]);
    expect(question).toMatchObject({ slot: new Date(FIRST_SLOT) });
    expect(question?.pairs.map(({ pair }) => pair)).toEqual(PAIRS);
    const longest = { ...DECISION, sides: "long", strategy: "\u4E00".repeat(STRATEGY_MAX) };
    const { callId: id } = await tryStrategy(ports, trial({ decision: longest }));
    const { reserve } = await callOf(id ?? "");
    expect(decimal(question?.most ?? "0").gte(reserve.toFixed())).toBe(true);
    expect(decimal(question?.most ?? "0").lt(decimal(reserve.toFixed()).times(1.1))).toBe(true);
  });

  it("have no price by a model of which none is known", async () => {
    const [question] = await listPastQuestions(ports, { ...owned(), model: "nobody/nothing" });
    expect(question?.most).toBeNull();
  });
});
