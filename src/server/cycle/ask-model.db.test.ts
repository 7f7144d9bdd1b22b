import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../scripts/testing/open-model-bed";
import type { Behaviour } from "../../../simulators/messages/behaviour";
import {
  failWith,
  refuseCredit,
  refuseKey,
  refuseOverloaded,
  refuseRate,
} from "../../../simulators/messages/messages-answer";
import type { Ports } from "../ports";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, expireLease } from "../testing/cycle-fixture";
import { ASKING, askInCycle, endAfterAnswer } from "../testing/model-fixture";
import { askModel } from "./ask-model";
import { StaleCycleError, type CycleRef } from "./cycle-ref";
import { makeDecisions } from "./make-decisions";
import { readMarket } from "./read-market";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
/** Long enough for a busy machine; what only a deadline ends has a shorter one. */
const PATIENT_MS = 20_000;
const SHORT_MS = 1500;
/** When models have the prices that the catalogue knows. */
const NOW = Date.parse("2026-11-28");

let runtime: Runtime;
let bed: ModelBed;
let fixture: BooksFixture;
let ports: Ports;
openBed((opened) => ({ runtime } = opened));
openModelBed((opened) => (bed = opened));
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { pairs: PAIRS, settings: ASKING });
  ports = withModels(fixture.ports, { ...bed.settings, withinMs: PATIENT_MS });
  await runtime.db.modelGate.updateMany({ data: { calls: 0, failures: 0, openUntil: null } });
});

const claim = (slot: number, holder = `run-${slot}`): Promise<CycleRef> => claimSlot(fixture, slot, { holder });
const PAID = { model: "anthropic/claude-haiku-4-5" };
const callsOf = (botId = fixture.botId) =>
  runtime.db.modelCall.findMany({ where: { botId }, orderBy: [{ askedAt: "asc" }, { attempt: "asc" }] });
const decisionsOf = async ({ cycleId }: CycleRef) =>
  (await runtime.db.decision.findMany({ where: { cycleId }, orderBy: { sequence: "asc" } })).map(
    ({ action, reasonCode, reasonText }) => ({ action, reasonCode, reasonText }),
  );
const SAYS_WHY = { fault: expect.stringMatching(/./) };
const asked = (): number => bed.simulator.requests().length;

const twice = (behaviour: Behaviour): Behaviour[] => [behaviour, behaviour];
const turnedAway = (answer: ReturnType<typeof refuseKey>): Behaviour => ({ kind: "turned-away", answer });

type Ends = { readonly state: string; readonly fault: string | null; readonly says: RegExp; readonly code: string };
const lost = (fault: string, says: RegExp): Ends => ({ state: "lost", fault, says, code: "model-lost" });
const refused = (fault: string, says: RegExp): Ends => ({ state: "refused", fault, says, code: "model-refused" });
const unusable = (says: RegExp): Ends => ({ state: "replied", fault: null, says, code: "no-answer" });

/** What the simulator does, how often it may be asked, and how the call ends. */
const FAULTS: readonly (readonly [name: string, behaviours: Behaviour[], requests: number, ends: Ends])[] = [
  ["429", twice(turnedAway(refuseRate("0"))), 2, refused("refused-rate", /asks to be asked less often/)],
  ["529", twice(turnedAway(refuseOverloaded())), 2, refused("refused-overloaded", /overloaded/)],
  ["no credit", [turnedAway(refuseCredit())], 1, refused("refused-credit", /no credit/)],
  ["a key that is not accepted", [turnedAway(refuseKey())], 1, refused("refused-key", /key was not accepted/)],
  ["a slow header", [{ kind: "silence" }], 1, lost("lost-time", /did not answer in time.*not asked again/)],
  ["a dripping body", [{ kind: "dripping-body" }], 1, lost("lost-time", /did not answer in time/)],
  ["an endless body", [{ kind: "endless-body" }], 1, lost("lost-too-large", /larger than is read/)],
  ["HTML with status 200", [{ kind: "page" }], 1, lost("lost-not-a-reply", /no reply of a model/)],
  ["cut JSON", [{ kind: "cut-json" }], 1, lost("lost-cut", /cut off/)],
  ["a reset", [{ kind: "reset" }], 1, lost("lost-connection", /connection broke/)],
  ["a body that breaks off", [{ kind: "broken-body" }], 1, lost("lost-connection", /connection broke/)],
  ["500", [{ kind: "failed", answer: failWith(500) }], 1, lost("lost-server", /failed while it had the request/)],
  ["another tool", twice({ kind: "other-tool" }), 2, unusable(/another tool.*asked once more: another tool/)],
  ["two calls", twice({ kind: "two-calls" }), 2, unusable(/called more than once/)],
  ["prose", twice({ kind: "prose" }), 2, unusable(/prose/)],
  ["a refusal", twice({ kind: "refusal" }), 2, unusable(/refused to answer/)],
  ["a reply cut at its length", twice({ kind: "cut-at-length" }), 2, unusable(/longer than it may be/)],
];

describe("a model that answers with", () => {
  it.each(FAULTS)("%s is held for, with a stored reason, and its cycle ends", async (_n, script, times, ends) => {
    const before = asked();
    bed.simulator.script(...script);
    const cycle = await claim(FIRST_SLOT);
    // Silence and drops never end by themselves.
    const hurried = withModels(ports, { ...ports.models, withinMs: SHORT_MS });
    const asking = ends.fault === "lost-time" ? hurried : ports;
    expect(await askInCycle(asking, cycle)).toMatchObject({ outcome: "held", code: ends.code });
    await endAfterAnswer(ports, cycle);
    expect(asked() - before).toBe(times);
    const hold = { action: "hold", reasonCode: ends.code, reasonText: expect.stringMatching(ends.says) };
    expect(await decisionsOf(cycle)).toEqual([hold, hold]);
    const calls = await callsOf();
    expect(calls).toHaveLength(ends.code === "no-answer" ? 2 : 1);
    const verdict = ends.state === "replied" ? SAYS_WHY : null;
    for (const call of calls) expect(call).toMatchObject({ state: ends.state, fault: ends.fault, verdict });
    const { status } = await runtime.db.cycle.findUniqueOrThrow({ where: { id: cycle.cycleId } });
    expect(status).toBe("done");
  });

  it("halves of characters is decided on: they are stored as what cannot be read", async () => {
    const thesis = "waits \uD83D for\uDE00 a close";
    const holds = PAIRS.map((pair) => ({ pair, action: "hold", confidence: 0.5, thesis, evidence: [] }));
    bed.simulator.script({ kind: "reply", input: { decisions: [...holds, { pair: "\uD800", action: "hold" }] } });
    const cycle = await claim(FIRST_SLOT);
    expect(await askInCycle(ports, cycle)).toMatchObject({ outcome: "answered" });
    await endAfterAnswer(ports, cycle);
    const [first] = await decisionsOf(cycle);
    expect(first).toMatchObject({
      reasonCode: "model-holds",
      reasonText: expect.stringMatching(/^waits \uFFFD for\uFFFD a close/),
    });
  });

  it("what can be used after one that could not is decided on", async () => {
    bed.simulator.script({ kind: "prose" }, { kind: "reply" });
    const cycle = await claim(FIRST_SLOT);
    expect(await askInCycle(ports, cycle)).toMatchObject({ outcome: "answered" });
    await endAfterAnswer(ports, cycle);
    const [first, repair] = await callsOf();
    expect([first?.attempt, repair?.attempt]).toEqual([1, 2]);
    expect(JSON.stringify(repair?.prompt)).toMatch(/Your last reply could not be used: the reply is prose/);
    expect(repair?.promptHash).not.toBe(first?.promptHash);
    for (const { reasonCode } of await decisionsOf(cycle)) expect(reasonCode).not.toBe("no-answer");
  });
});

describe("a model that may not be asked", () => {
  it.each([
    ["anthropic/claude-haiku-4-5", "model-no-key", /no key of Anthropic/],
    ["scripted/unheard-of", "model-no-price", /No price is known/],
    ["litellm/some-model", "model-no-price", /No price is known/],
    ["nobody/some-model", "model-unknown", /no model nobody/],
  ])("%s is held for, and nothing is set aside", async (model, code, says) => {
    const decision = { ...ASKING.decision, model };
    fixture = await createBooksFixture(runtime, { pairs: PAIRS, settings: { ...ASKING, decision } });
    ports = withModels({ ...fixture.ports, wallNow: () => NOW }, bed.settings);
    const cycle = await claim(FIRST_SLOT);
    expect(await askInCycle(ports, cycle)).toMatchObject({ outcome: "held", code });
    await endAfterAnswer(ports, cycle);
    const [first] = await decisionsOf(cycle);
    expect(first).toMatchObject({ action: "hold", reasonCode: code, reasonText: expect.stringMatching(says) });
    expect(await callsOf()).toEqual([]);
  });

  it("since its address is not known is held for", async () => {
    const cycle = await claim(FIRST_SLOT);
    const nowhere = withModels(ports, { ...bed.settings, scriptedUrl: null });
    expect(await askInCycle(nowhere, cycle)).toMatchObject({ outcome: "held", code: "model-no-address" });
  });

  it.each([
    ["in time, since its clock is too fast,", {}, "no-time", 3600],
    ["without its trader's consent, since each question is paid,", PAID, "no-consent", 2],
  ])("%s at a demo's market is held for", async (_why, decision, code, speed) => {
    const settings = { ...ASKING, intervalSeconds: 60, decision: { ...ASKING.decision, ...decision } };
    fixture = await createBooksFixture(runtime, { pairs: PAIRS, settings });
    const cycle = await claim(FIRST_SLOT);
    await runtime.db.venueClock.update({ where: { venueId: fixture.venueId }, data: { speed } });
    expect(await askInCycle(withModels(fixture.ports, bed.settings), cycle)).toMatchObject({ outcome: "held", code });
  });

  it("since its bot's budget is spent is held for, with what is spent", async () => {
    const decision = { ...ASKING.decision, budgetPerDay: "0.000001" };
    fixture = await createBooksFixture(runtime, { pairs: PAIRS, settings: { ...ASKING, decision } });
    ports = withModels(fixture.ports, bed.settings);
    const cycle = await claim(FIRST_SLOT);
    expect(await askInCycle(ports, cycle)).toMatchObject({
      code: "over-budget",
      text: expect.stringMatching(/^the budget of this bot is \$0\.000001 a day \(UTC\): \$0 of it are spent/),
    });
  });

  it("since others are asking is waited for, and held for where its turn does not come", async () => {
    const cycle = await claim(FIRST_SLOT);
    const full = (withinMs: number) => withModels(ports, { ...bed.settings, atOnce: 0, withinMs });
    expect(await askInCycle(full(20_000), cycle)).toEqual({ outcome: "wait", waitMs: 2000 });
    expect(await askModel(full(20_000), cycle, { waits: 5 })).toMatchObject({ outcome: "wait" });
    // Six times 2 s and the 20 s of an answer, or four times and 25 s: a hold comes within 35 s, and within a slot.
    const says = { outcome: "held", code: "model-busy", text: expect.stringMatching(/as many calls .* as may be/) };
    expect(await askModel(full(25_000), cycle, { waits: 4 })).toMatchObject(says);
    await endAfterAnswer(full(20_000), cycle);
    const next = await claim(FIRST_SLOT + HOUR_MS);
    expect(await askInCycle(full(3000), next)).toMatchObject(says);
    expect(await callsOf()).toEqual([]);
  });
});

describe("a question", () => {
  it("is asked again only where something of it has moved, and it is said so", async () => {
    fixture = await createBooksFixture(runtime, { pairs: PAIRS, settings: { ...ASKING, intervalSeconds: 300 } });
    ports = withModels(fixture.ports, bed.settings);
    const holds = PAIRS.map((pair) => ({ pair, action: "hold", confidence: 0.5, thesis: "waits", evidence: [] }));
    const run = async (slot: number) => {
      const cycle = await claim(slot);
      const result = await askInCycle(ports, cycle);
      await endAfterAnswer(ports, cycle);
      return { result, decisions: await decisionsOf(cycle) };
    };
    const before = asked();
    bed.simulator.script({ kind: "reply", input: { decisions: holds } });
    expect((await run(FIRST_SLOT)).result).toMatchObject({ outcome: "answered" });
    const same = await run(FIRST_SLOT + 300_000);
    expect(same.result).toMatchObject({ outcome: "held", code: "nothing-moved", callId: null });
    expect(same.decisions[0]).toMatchObject({
      action: "hold",
      reasonText: expect.stringMatching(/nothing .* has moved/),
    });
    expect(asked() - before).toBe(1);
    const next = await run(FIRST_SLOT + HOUR_MS);
    expect(next.result).toMatchObject({ outcome: "answered" });
    expect(asked() - before).toBe(2);
  });

  it("of a cycle that was asked before is not asked again: its stored reply is read", async () => {
    const cycle = await claim(FIRST_SLOT);
    await askInCycle(ports, cycle);
    const before = asked();
    // As where the process died before the stage was recorded.
    await runtime.db.$executeRaw`UPDATE cycles SET stages = stages - 'ask-model' WHERE id = ${cycle.cycleId}::uuid`;
    expect(await askModel(ports, cycle)).toMatchObject({ outcome: "answered" });
    expect(asked()).toBe(before);
    expect(await callsOf()).toHaveLength(1);
    const made = await makeDecisions(ports, cycle);
    expect(made.open + made.close + made.hold).toBe(PAIRS.length);
  });

  it("is not asked by a cycle that lost its bot, and what was under way then is paid once", async () => {
    const cycle = await claim(FIRST_SLOT);
    await readMarket(ports, cycle);
    bed.simulator.script({ kind: "silence" });
    const running = askModel(ports, cycle);
    while ((await callsOf()).length === 0) await runtime.db.$queryRaw`SELECT pg_sleep(0.02)::text`;
    await expireLease(fixture);
    const taker = await claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "other" });
    await expect(running).rejects.toThrow(StaleCycleError);
    const [call] = await callsOf();
    expect(call).toMatchObject({ state: "lost", fault: "lost-time", cost: call?.reserve });
    const posted = await runtime.db.ledgerEntry.count({ where: { botId: fixture.botId, currency: "USD" } });
    expect(posted).toBe(2);
    const before = asked();
    await expect(askModel(ports, cycle)).rejects.toThrow(StaleCycleError);
    expect(asked()).toBe(before);
    await askInCycle(ports, taker);
    await endAfterAnswer(ports, taker);
    const [spend] = await runtime.db.modelSpend.findMany({ where: { scopeId: fixture.botId } });
    expect(spend?.calls).toBe(2);
  });
});
