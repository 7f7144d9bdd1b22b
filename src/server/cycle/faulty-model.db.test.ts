import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Behaviour } from "../../../simulators/messages/behaviour";
import {
  createMessagesSimulator,
  type MessagesSimulator,
} from "../../../simulators/messages/create-messages-simulator";
import {
  failWith,
  redirectTo,
  refuseCredit,
  refuseKey,
  refuseModel,
  refuseOverloaded,
  refusePermission,
  refuseRate,
  refuseRequest,
} from "../../../simulators/messages/messages-answer";
import { decimal } from "~/trading/money";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { askModel } from "./ask-model";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed), { poolMax: 6 });

/** Long enough for a busy machine; faults that only a deadline ends have a shorter one. */
const WITHIN_MS = 10_000;
const SHORT_MS = 1500;

let simulator: MessagesSimulator;
let fixture: BooksFixture;
beforeAll(async () => {
  simulator = await createMessagesSimulator({ vendor: "scripted" });
});
afterAll(() => simulator.close());

const openFixture = async (withinMs: number): Promise<BooksFixture> => {
  const models = { ...runtime.models, scriptedUrl: simulator.baseUrl, withinMs, perMinute: 1000 };
  const settings = { mode: "llm", decision: { budgetPerDay: "1" } };
  return createBooksFixture({ ...runtime, models }, { settings, seed: 3 });
};

/** A whole cycle of the bot, whose model behaves so; how many requests were sent. */
const runCycle = async (slot: number, behaviours: readonly Behaviour[]): Promise<number> => {
  const before = simulator.requests().length;
  const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
  for (const stage of stagesOf(fixture, null)) {
    if (stage.name === "make-decisions") {
      simulator.script(...behaviours);
      await askModel(fixture.ports, cycle);
    }
    await stage.run(cycle);
  }
  return simulator.requests().length - before;
};

const callsOf = () => runtime.db.modelCall.findMany({ where: { botId: fixture.botId }, orderBy: { attempt: "asc" } });
const decisionOf = (slot: number) =>
  runtime.db.decision.findFirstOrThrow({ where: { cycle: { botId: fixture.botId, slot: new Date(slot) } } });
const cycleAt = (slot: number) =>
  runtime.db.cycle.findUniqueOrThrow({ where: { botId_slot: { botId: fixture.botId, slot: new Date(slot) } } });

/** What a cycle that held because of its model has to show, and that the next one asks again and is answered. */
const expectHeld = async (code: string, says: RegExp): Promise<void> => {
  const decision = await decisionOf(FIRST_SLOT);
  expect([decision.action, decision.reasonCode]).toEqual(["hold", code]);
  expect(decision.reasonText).toMatch(says);
  expect(await runtime.db.orderIntent.count({ where: { botId: fixture.botId } })).toBe(0);
  expect(await runtime.db.equityPoint.count({ where: { botId: fixture.botId } })).toBe(1);
  await runCycle(FIRST_SLOT + HOUR_MS, []);
  expect((await decisionOf(FIRST_SLOT + HOUR_MS)).reasonCode).toMatch(/^(model-holds|entry)$/);
  expect([(await cycleAt(FIRST_SLOT)).status, (await cycleAt(FIRST_SLOT + HOUR_MS)).status]).toEqual(["done", "done"]);
};

const turnedAway = (answer: ReturnType<typeof refuseKey>): Behaviour => ({ kind: "turned-away", answer });
const twice = (behaviour: Behaviour): Behaviour[] => [behaviour, behaviour];

describe("a question that the vendor turns away is not paid, and the cycle holds and says why:", () => {
  beforeEach(async () => {
    fixture = await openFixture(WITHIN_MS);
  });

  it.each<[what: string, behaviours: Behaviour[], sent: number, says: RegExp]>([
    ["asked too often, twice", twice(turnedAway(refuseRate("0"))), 2, /less often/],
    ["asked too often, for an hour", [turnedAway(refuseRate("3600"))], 1, /less often/],
    ["overloaded, twice", twice(turnedAway(refuseOverloaded())), 2, /overloaded/],
    ["a key that is not known", [turnedAway(refuseKey())], 1, /key/],
    ["a key without the right", [turnedAway(refusePermission())], 1, /may not use/],
    ["no credit", [turnedAway(refuseCredit())], 1, /credit/],
    ["no such model", [turnedAway(refuseModel("x"))], 1, /no such model/],
    ["a request that is not understood", [turnedAway(refuseRequest("no"))], 1, /not accepted/],
    ["an address that leads elsewhere", [turnedAway(redirectTo("http://127.0.0.1:1/"))], 1, /elsewhere/],
  ])("%s", async (_what, behaviours, sent, says) => {
    expect(await runCycle(FIRST_SLOT, behaviours)).toBe(sent);
    const [call, ...more] = await callsOf();
    expect([call?.state, call?.cost?.toNumber(), call?.tries, more.length]).toEqual(["refused", 0, sent, 0]);
    await expectHeld("model-refused", says);
  });
});

describe("a reply that never came whole may have been paid: it is charged, asked once, and the cycle holds:", () => {
  it.each<[behaviour: Behaviour, withinMs: number]>([
    [{ kind: "silence" }, SHORT_MS],
    [{ kind: "dripping-body" }, SHORT_MS],
    [{ kind: "endless-body" }, WITHIN_MS],
    [{ kind: "page" }, WITHIN_MS],
    [{ kind: "cut-json" }, WITHIN_MS],
    [{ kind: "other-json" }, WITHIN_MS],
    [{ kind: "reset" }, WITHIN_MS],
    [{ kind: "broken-body" }, WITHIN_MS],
    [{ kind: "failed", answer: failWith(500) }, WITHIN_MS],
    [{ kind: "failed", answer: failWith(503) }, WITHIN_MS],
  ])("$kind", async (behaviour, withinMs) => {
    fixture = await openFixture(withinMs);
    // Silence and drops never end by themselves, so that the cycle's end is their deadline's doing.
    expect(await runCycle(FIRST_SLOT, [behaviour])).toBe(1);
    const [call, ...more] = await callsOf();
    expect([call?.state, more.length]).toEqual(["lost", 0]);
    expect(call?.cost?.toFixed()).toBe(call?.reserve.toFixed());
    expect(call?.reserve.gt(0)).toBe(true);
    await expectHeld("model-lost", /not asked again/);
  });
});

describe("a reply of which nothing can be used is asked for once more, and then the cycle holds:", () => {
  beforeEach(async () => {
    fixture = await openFixture(WITHIN_MS);
  });

  it.each<[kind: "other-tool" | "two-calls" | "prose" | "refusal" | "cut-at-length", says: RegExp]>([
    ["other-tool", /another tool/],
    ["two-calls", /more than once/],
    ["prose", /prose/],
    ["refusal", /refused/],
    ["cut-at-length", /cut/],
  ])("%s", async (kind, says) => {
    const sent = await runCycle(FIRST_SLOT, twice({ kind }));
    const calls = await callsOf();
    expect([sent, calls.map(({ state, attempt }) => [state, attempt])]).toEqual([
      2,
      [
        ["replied", 1],
        ["replied", 2],
      ],
    ]);
    expect(calls[0]?.promptHash).not.toBe(calls[1]?.promptHash);
    await expectHeld("no-answer", says);
  });

  it("once: the second answer is used, and both are paid", async () => {
    await runCycle(FIRST_SLOT, [{ kind: "prose" }]);
    expect((await decisionOf(FIRST_SLOT)).reasonCode).toMatch(/^(model-holds|entry)$/);
    const costs = (await callsOf()).map(({ cost }) => decimal(cost?.toString() ?? "0").gt(0));
    expect(costs).toEqual([true, true]);
  });

  it("without its usage nobody knows what it cost: all that was set aside is charged", async () => {
    await runCycle(FIRST_SLOT, [{ kind: "no-usage" }]);
    const [call] = await callsOf();
    expect([call?.state, call?.cost?.toFixed()]).toEqual(["replied", call?.reserve.toFixed()]);
    expect((await decisionOf(FIRST_SLOT)).reasonCode).toMatch(/^(model-holds|entry)$/);
  });
});

describe("while its model fails at every slot", () => {
  it("a position leaves by its stop or its target, and the slots where it is open say why nothing is decided", async () => {
    fixture = await openFixture(WITHIN_MS);
    const opening = await claimSlot(fixture, FIRST_SLOT, { holder: "opening" });
    for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(opening);
    expect(await runtime.db.position.count({ where: { botId: fixture.botId, closedAt: null } })).toBe(1);
    const open = () => runtime.db.position.count({ where: { botId: fixture.botId, closedAt: null } });
    let hours = 0;
    while ((await open()) > 0 && hours < 48) {
      hours += 1;
      await runCycle(FIRST_SLOT + hours * HOUR_MS, [{ kind: "failed", answer: failWith(500) }]);
    }
    expect(hours).toBeGreaterThan(1);
    const trade = await runtime.db.trade.findFirstOrThrow({ where: { botId: fixture.botId } });
    expect(["stop-loss", "take-profit"]).toContain(trade.exitReason);
    expect((await decisionOf(FIRST_SLOT + HOUR_MS)).reasonCode).toBe("model-lost");
  });

  it("another bot of the same market goes on", async () => {
    fixture = await openFixture(SHORT_MS);
    const other = await fixture.addBot({ mode: "trinity", decision: {} } as never);
    await runCycle(FIRST_SLOT, [{ kind: "silence" }]);
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "other", botId: other });
    for (const stage of stagesOf(fixture, null)) await stage.run(cycle);
    expect(await runtime.db.equityPoint.count({ where: { botId: other } })).toBe(1);
    expect(await runtime.db.modelCall.count({ where: { botId: other } })).toBe(0);
  });
});
