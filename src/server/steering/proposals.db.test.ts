import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { isFinal } from "../cycle/cycle-ref";
import type { Runtime } from "../runtime";
import {
  accept,
  beginStarted,
  createAskingBot,
  decline,
  entriesOf,
  MINUTE_MS,
  proposalOf,
  proposeAtFirst,
  runStarted,
} from "../testing/approval-fixture";
import { FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, expireLease, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { nobodyListens } from "../testing/nobody-listens";
import { shiftMarket } from "../testing/shift-market";
import { readCommand, tellBot } from "../testing/tell-bot";
import { breachesAt, LENGTH_MS, NEXT_OPEN, positionOf, runSlot, TOLD_AT, verdictsOf } from "../testing/told-fixture";
import { stopEverything } from "./stop-everything";
import { watchProposals } from "./watch-proposals";

let runtime: Runtime;
let fixture: BooksFixture;
openBed(
  (bed) => {
    runtime = bed.runtime;
  },
  { poolMax: 10 },
);
beforeEach(async () => {
  fixture = await proposeAtFirst(runtime);
});

const watch = () => watchProposals(fixture.ports, fixture.botId);

describe("a bot whose entries its trader approves", () => {
  it("proposes an entry in place of it, holds no lease meanwhile", async () => {
    expect(await proposalOf(fixture)).toMatchObject({
      state: "proposed",
      side: "long",
      proposedAt: new Date(FIRST_SLOT),
      expiresAt: new Date(FIRST_SLOT + 10 * MINUTE_MS),
    });
    expect(await entriesOf(fixture)).toBe(0);
    const [verdict] = await runtime.db.verdict.findMany({ where: { botId: fixture.botId } });
    expect(verdict).toMatchObject({ outcome: "approved", reason: "within every limit; proposed to you" });
    const lease = await runtime.db.botLease.findUnique({ where: { botId: fixture.botId } });
    expect(lease?.holder).toBeNull();
    expect(await breachesAt(fixture, FIRST_SLOT)).toEqual([]);
  });

  it("enters what is accepted at the next open, judged again at that price, once however often it is accepted", async () => {
    const before = await proposalOf(fixture);
    shiftMarket(fixture, NEXT_OPEN, 1.005);
    const commandId = runtime.newId();
    const answers = await Promise.all([accept(fixture, commandId), accept(fixture, commandId), accept(fixture)]);
    expect(answers.map(({ state }) => state).toSorted()).toEqual(["refused", "taken", "taken"]);
    const taken = answers.find(({ state }) => state === "taken")?.id ?? "";
    expect(await proposalOf(fixture)).toMatchObject({ state: "accepted", commandId: taken });
    await runStarted(fixture, taken);
    expect(await proposalOf(fixture)).toMatchObject({ state: "placed", reason: null });
    expect(await readCommand(fixture, taken)).toMatchObject({ state: "done", reason: null });
    const position = await positionOf(fixture);
    expect(position).toMatchObject({ openedAt: NEXT_OPEN, side: "long" });
    const open = fixture.market.candles.get("BTC/USDT")?.find(({ openTime }) => openTime === NEXT_OPEN)?.open ?? 0;
    const distance = before.stopLoss.div(before.referencePrice).toNumber();
    expect(Number(position.stopLoss) / open).toBeCloseTo(distance, 4);
    expect(position.stopLoss?.toFixed()).not.toBe(before.stopLoss.toFixed());
    expect(await entriesOf(fixture)).toBe(1);
    expect(await breachesAt(fixture, NEXT_OPEN)).toEqual([]);
  });

  it("enters nothing that is declined, and what was declined cannot be accepted", async () => {
    expect(await decline(fixture)).toMatchObject({ state: "done" });
    expect(await accept(fixture)).toMatchObject({ state: "refused", reason: "the proposal is declined already" });
    expect(await decline(fixture)).toMatchObject({ state: "refused" });
    expect(await proposalOf(fixture)).toMatchObject({ state: "declined" });
    expect(await entriesOf(fixture)).toBe(0);
  });

  it("lets a proposal expire by wall time, whoever comes first: the watch or its acceptance", async () => {
    fixture.setTime(FIRST_SLOT + 10 * MINUTE_MS);
    const [answer] = await Promise.all([accept(fixture), watch()]);
    expect(answer).toMatchObject({ state: "refused" });
    expect(await proposalOf(fixture)).toMatchObject({
      state: "expired",
      reason: "nobody accepted it by 2024-01-22 00:10 UTC",
    });
    const told = await runtime.db.activity.count({ where: { botId: fixture.botId, kind: "proposal" } });
    expect(told).toBe(2);
  });

  it("lets it be accepted until the last moment", async () => {
    fixture.setTime(FIRST_SLOT + 10 * MINUTE_MS - 1);
    expect(await watch()).toEqual({ open: 1, expired: 0 });
    expect(await accept(fixture)).toMatchObject({ state: "taken" });
  });

  it("lets it expire once a candle leaves its band, however often it is watched, and says which price", async () => {
    shiftMarket(fixture, FIRST_SLOT, 1.02);
    fixture.setTime(FIRST_SLOT + LENGTH_MS - 1);
    expect(await watch()).toEqual({ open: 1, expired: 0 });
    fixture.setTime(FIRST_SLOT + LENGTH_MS);
    const watched = await Promise.all([watch(), watch(), watch()]);
    expect(watched.reduce((sum, { expired }) => sum + expired, 0)).toBe(1);
    expect(await proposalOf(fixture)).toMatchObject({
      state: "expired",
      reason: expect.stringMatching(
        /^the price left the band of [\d.]+ to [\d.]+: it was [\d.]+ by 2024-01-22 00:05 UTC$/,
      ),
    });
    expect(await accept(fixture)).toMatchObject({ state: "refused", reason: "the proposal is expired already" });
  });

  it("enters nothing where the price left its band before the run that was to place it", async () => {
    const { id } = await accept(fixture);
    shiftMarket(fixture, NEXT_OPEN, 1.02);
    await runStarted(fixture, id);
    expect(await proposalOf(fixture)).toMatchObject({
      state: "expired",
      reason: expect.stringContaining("left the band"),
    });
    expect(await readCommand(fixture, id)).toMatchObject({ state: "refused" });
    expect(await entriesOf(fixture)).toBe(0);
  });

  it("enters nothing that the gate refuses when it judges again, and says why", async () => {
    await tellBot(fixture, {
      kind: "lock-pair",
      pair: null,
      until: new Date(FIRST_SLOT + HOUR_MS).toISOString(),
      reason: null,
    });
    const { id } = await accept(fixture);
    await runStarted(fixture, id);
    expect(await proposalOf(fixture)).toMatchObject({
      state: "refused",
      reason: "the risk gate: you locked it until 2024-01-22 01:00 UTC",
    });
    expect(await verdictsOf(fixture)).toEqual(["approved", "rejected by locked-by-hand"]);
    expect(await entriesOf(fixture)).toBe(0);
  });

  it.each([1, 2, 3, 4, 5])(
    "enters once where the process dies after stage %i and the run is tried again",
    async (through) => {
      const { id } = await accept(fixture);
      await runStarted(fixture, id, through);
      await expireLease(fixture);
      await runStarted(fixture, id);
      expect(await proposalOf(fixture)).toMatchObject({ state: "placed" });
      expect(await entriesOf(fixture)).toBe(1);
      expect(await runtime.db.position.count({ where: { botId: fixture.botId } })).toBe(1);
      expect(await breachesAt(fixture, NEXT_OPEN)).toEqual([]);
    },
  );

  it("ends a proposal whose run was abandoned", async () => {
    const { id } = await accept(fixture);
    const begun = await beginStarted(fixture, id, "dead");
    await expireLease(fixture);
    await runSlot(fixture, FIRST_SLOT + HOUR_MS, () => []);
    expect(await proposalOf(fixture)).toMatchObject({ state: "expired", reason: "its cycle was abandoned" });
    const late = begun.outcome === "begun" ? stagesOf(fixture, null)[0].run(begun.cycle) : Promise.resolve();
    expect(isFinal(await late.catch((error: unknown) => error))).toBe(true);
    expect(await entriesOf(fixture)).toBe(0);
  });

  it("has one open proposal a pair: a newer one takes the place of the one before", async () => {
    const first = await proposalOf(fixture);
    await runSlot(fixture, FIRST_SLOT + HOUR_MS, wishToEnter(fixture));
    expect(await runtime.db.proposal.findUnique({ where: { id: first.id } })).toMatchObject({
      state: "expired",
      reason: "a newer proposal took its place",
    });
    expect(await proposalOf(fixture)).toMatchObject({ state: "proposed" });
  });

  it.each(["pause", "stop"] as const)("lets its proposals expire when it is told to %s", async (kind) => {
    await tellBot(fixture, { kind });
    expect(await proposalOf(fixture)).toMatchObject({
      state: "expired",
      reason: `the bot was ${kind === "pause" ? "paused" : "stopped"}`,
    });
    expect(await accept(fixture)).toMatchObject({ state: "refused" });
  });

  it("knows no proposal of another bot", async () => {
    const other = await createAskingBot(runtime);
    const { id: proposalId } = await proposalOf(fixture);
    expect(await tellBot(other, { kind: "accept-proposal", proposalId })).toMatchObject({
      state: "refused",
      reason: "it has no such proposal",
    });
  });

  it("closes and protects what it holds without asking", async () => {
    const { id } = await accept(fixture);
    await runStarted(fixture, id);
    fixture.setTime(TOLD_AT + HOUR_MS);
    expect(await tellBot(fixture, { kind: "close-all" })).toMatchObject({ state: "taken" });
  });

  it("waits for the cycle that has the bot before it is accepted", async () => {
    await claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run" });
    expect(await accept(fixture)).toMatchObject({ state: "asked" });
    expect(await proposalOf(fixture)).toMatchObject({ state: "proposed" });
  });

  it("lets its proposals expire when everything is stopped, also one that was accepted and not placed yet", async () => {
    const ports = { ...fixture.ports, events: nobodyListens };
    const stop = () => stopEverything(ports, { userId: fixture.userId, commandId: runtime.newId() });
    const { id } = await accept(fixture);
    const other = await proposeAtFirst(runtime);
    expect(await stop()).toMatchObject({ stopped: 1 });
    await stop();
    await runStarted(fixture, id);
    expect((await proposalOf(fixture)).state).toMatch(/^(expired|refused)$/);
    expect(await readCommand(fixture, id)).toMatchObject({ state: "refused" });
    expect([await entriesOf(fixture), await proposalOf(other)]).toMatchObject([0, { state: "proposed" }]);
    await stopEverything(ports, { userId: other.userId, commandId: runtime.newId() });
    expect(await proposalOf(other)).toMatchObject({ state: "expired", reason: "the bot was stopped" });
    expect(await accept(other)).toMatchObject({ state: "refused" });
    expect(await entriesOf(other)).toBe(0);
    expect(await breachesAt(fixture, NEXT_OPEN)).toEqual([]);
  });
});
