import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { beginCycle } from "../cycle/begin-cycle";
import type { Runtime } from "../runtime";
import { FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, expireLease, stagesOf, wishToEnter, type Wish } from "../testing/cycle-fixture";
import { readCommand, tellBot } from "../testing/tell-bot";
import { breachesAt, createQuietBot, NEXT_OPEN, runSlot, TOLD_AT, verdictsOf } from "../testing/told-fixture";
import { findRuns } from "./find-runs";

let runtime: Runtime;
let fixture: BooksFixture;
openBed(
  (bed) => {
    runtime = bed.runtime;
  },
  { poolMax: 10 },
);
beforeEach(async () => {
  fixture = await createQuietBot(runtime);
});

const runNow = (commandId?: string) => tellBot(fixture, { kind: "run-now" }, commandId);
const startedBy = (commandId: string) => runtime.db.cycle.findFirstOrThrow({ where: { commandId } });
const entriesOf = () => runtime.db.orderIntent.count({ where: { botId: fixture.botId, purpose: "entry" } });

/** Runs what a command started, at its time. */
const runStarted = async (commandId: string, wish: Wish): Promise<void> => {
  const { id: cycleId, slot } = await startedBy(commandId);
  fixture.setTime(slot.getTime());
  const { botId } = fixture;
  const begun = await beginCycle(fixture.ports, { botId, cycleId, holder: `started-${cycleId}` });
  if (begun.outcome !== "begun") return;
  for (const stage of stagesOf(fixture, wish)) await stage.run(begun.cycle);
};

describe("a bot that is told to run now", () => {
  it("decides about a candle that it did not decide about, at the open of the next one, once however often it is asked", async () => {
    fixture.setTime(TOLD_AT);
    const commandId = runtime.newId();
    const asked = await Promise.all([runNow(commandId), runNow(commandId), runNow(commandId)]);
    expect(new Set(asked.map(({ state }) => state))).toEqual(new Set(["taken"]));
    const cycle = await startedBy(commandId);
    expect(cycle).toMatchObject({ status: "due", slot: new Date(NEXT_OPEN) });
    expect(await findRuns(fixture.ports, fixture.botId)).toMatchObject([{ cycleId: cycle.id, wallAt: NEXT_OPEN }]);
    await runStarted(commandId, wishToEnter(fixture));
    expect(await readCommand(fixture, commandId)).toMatchObject({ state: "done", reason: null });
    expect(await entriesOf()).toBe(1);
    expect(await breachesAt(fixture, NEXT_OPEN)).toEqual([]);
  });

  it("never decides twice: it says when it did", async () => {
    await runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));
    fixture.setTime(TOLD_AT);
    expect(await runNow()).toMatchObject({
      state: "done",
      reason: "already decided at 2024-01-22 00:00 UTC: no decision candle has closed since",
    });
    expect(await runtime.db.cycle.count({ where: { botId: fixture.botId, commandId: { not: null } } })).toBe(0);
  });

  it("decides no candle a second time at its own slot before the next has closed", async () => {
    fixture.setTime(TOLD_AT);
    const { id } = await runNow();
    await runStarted(id, wishToEnter(fixture));
    fixture.setTime(NEXT_OPEN + 60_000);
    expect(await runNow()).toMatchObject({
      state: "done",
      reason: expect.stringMatching(/^already decided at .*00:10 UTC/),
    });
  });

  it.each(["stop", "archive"] as const)("is refused once it was told to %s", async (kind) => {
    await tellBot(fixture, { kind: "stop" });
    if (kind === "archive") await tellBot(fixture, { kind });
    expect(await runNow()).toMatchObject({ state: "refused" });
  });

  it("is refused with the reason when its run does not come to pass", async () => {
    fixture.setTime(TOLD_AT);
    const { id } = await runNow();
    await tellBot(fixture, { kind: "stop" });
    await runStarted(id, wishToEnter(fixture));
    expect(await readCommand(fixture, id)).toMatchObject({ state: "refused", reason: "the bot did not run any more" });
    expect(await entriesOf()).toBe(0);
  });

  it("is refused where the process that ran it died, and decides at its own slot", async () => {
    fixture.setTime(TOLD_AT);
    const { id } = await runNow();
    const { id: cycleId } = await startedBy(id);
    fixture.setTime(NEXT_OPEN);
    await beginCycle(fixture.ports, { botId: fixture.botId, cycleId, holder: "dead" });
    await expireLease(fixture);
    await runSlot(fixture, FIRST_SLOT + HOUR_MS, wishToEnter(fixture));
    expect(await readCommand(fixture, id)).toMatchObject({ state: "refused", reason: "its cycle was abandoned" });
    expect(await entriesOf()).toBe(1);
  });

  it("takes its own slot where that is the next candle, and each slot has one row", async () => {
    fixture.setTime(FIRST_SLOT - 60_000);
    const { id } = await runNow();
    expect(await startedBy(id)).toMatchObject({ slot: new Date(FIRST_SLOT) });
    await runStarted(id, wishToEnter(fixture));
    expect(await runtime.db.bot.findUnique({ where: { id: fixture.botId } })).toMatchObject({
      nextDue: new Date(FIRST_SLOT + HOUR_MS),
    });
    expect(await breachesAt(fixture, FIRST_SLOT)).toEqual([]);
  });
});

describe("a pair that a trader locks", () => {
  const lock = (pair: string | null, until: number, commandId?: string) =>
    tellBot(fixture, { kind: "lock-pair", pair, until: new Date(until).toISOString(), reason: "news" }, commandId);
  const AFTER = FIRST_SLOT + HOUR_MS;

  it.each(["BTC/USDT", null])("is not entered, and the verdict says until when: %s", async (pair) => {
    expect(await lock(pair, AFTER)).toMatchObject({ state: "done" });
    await runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));
    const [verdict] = await runtime.db.verdict.findMany({ where: { botId: fixture.botId } });
    expect(verdict).toMatchObject({
      outcome: "rejected",
      rule: "locked-by-hand",
      reason: "you locked it until 2024-01-22 01:00 UTC (news)",
    });
    expect(await entriesOf()).toBe(0);
  });

  it("is entered again once its time has come on the venue's clock", async () => {
    await lock("BTC/USDT", AFTER);
    await runSlot(fixture, AFTER, wishToEnter(fixture));
    expect(await verdictsOf(fixture)).toEqual(["approved"]);
  });

  it("is entered again once it is unlocked", async () => {
    await lock("BTC/USDT", AFTER);
    expect(await tellBot(fixture, { kind: "unlock-pair", pair: null })).toMatchObject({ state: "refused" });
    expect(await tellBot(fixture, { kind: "unlock-pair", pair: "BTC/USDT" })).toMatchObject({ state: "done" });
    await runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));
    expect(await verdictsOf(fixture)).toEqual(["approved"]);
  });

  it("goes on being protected and closed", async () => {
    await runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));
    await lock(null, AFTER);
    expect(await tellBot(fixture, { kind: "close-all" })).toMatchObject({ state: "taken" });
  });

  it("is locked once by one id, and a later lock takes the place of the one before", async () => {
    const commandId = runtime.newId();
    await Promise.all([lock("BTC/USDT", AFTER, commandId), lock("BTC/USDT", AFTER, commandId)]);
    await lock("BTC/USDT", AFTER + HOUR_MS);
    const inForce = await runtime.db.tradeLock.findMany({ where: { botId: fixture.botId, unlockedAt: null } });
    expect(inForce).toMatchObject([{ pair: "BTC/USDT", until: new Date(AFTER + HOUR_MS) }]);
  });

  it.each([
    ["ETH/USDT", AFTER, "it does not trade ETH/USDT"],
    ["BTC/USDT", FIRST_SLOT, "that time has passed on its market's clock"],
    [null, FIRST_SLOT + 400 * 24 * HOUR_MS, "a lock lasts 365 days at most"],
  ])("is refused for %s until %i: %s", async (pair, until, reason) => {
    expect(await lock(pair, until)).toMatchObject({ state: "refused", reason });
  });

  it("leaves a cycle that has the bot as it is", async () => {
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    expect(await lock(null, AFTER)).toMatchObject({ state: "asked" });
    for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
    expect(await verdictsOf(fixture)).toEqual(["approved"]);
  });
});
