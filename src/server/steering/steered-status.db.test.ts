import { describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { lookAtPage } from "../looks/look-at-page";
import type { Runtime } from "../runtime";
import { FIRST_SLOT, HOUR_MS } from "../testing/books-fixture";
import { wishToEnter, type Wish } from "../testing/cycle-fixture";
import { guardOnly } from "../testing/guard-only";
import { shiftMarket } from "../testing/shift-market";
import { tellBot } from "../testing/tell-bot";
import {
  createQuietBot,
  enterAtFirst,
  breachesAt,
  FIRST_ID,
  runSlot,
  SECOND,
  statusOf,
  tradesOf,
  verdictsOf,
} from "../testing/told-fixture";

let runtime: Runtime;
openBed(
  (bed) => {
    runtime = bed.runtime;
  },
  { poolMax: 10 },
);

describe("a paused bot", () => {
  const wishToClose: Wish = () => [
    {
      pair: "BTC/USDT",
      action: "close",
      side: "long",
      decidedCandle: SECOND - HOUR_MS,
      score: 1,
      sizeFraction: null,
      leverage: null,
      entryPrice: null,
      stopLoss: null,
      takeProfit: null,
      invalidation: [],
      evidence: [],
      reason: { code: "exit-test", text: "a test wants it" },
    },
  ];

  it("enters nothing: the gate refuses it, in cycles that go on", async () => {
    const fixture = await createQuietBot(runtime);
    fixture.setTime(FIRST_SLOT - 1);
    expect(await tellBot(fixture, { kind: "pause" })).toMatchObject({ state: "done" });
    await runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));
    expect(await verdictsOf(fixture)).toEqual(["rejected by trading-state"]);
    expect(await runtime.db.position.count({ where: { botId: fixture.botId } })).toBe(0);
    await tellBot(fixture, { kind: "resume" });
    await runSlot(fixture, SECOND, wishToEnter(fixture));
    expect(await verdictsOf(fixture)).toEqual(["rejected by trading-state", "approved"]);
    expect(await breachesAt(fixture, SECOND)).toEqual([]);
  });

  it("closes what it holds by its mode's rules", async () => {
    const fixture = await enterAtFirst(runtime);
    await tellBot(fixture, { kind: "pause" });
    await runSlot(fixture, SECOND, wishToClose);
    expect(await tradesOf(fixture)).toMatchObject([{ exitReason: "exit-test" }]);
  });

  it("is looked at like one that runs", async () => {
    const fixture = await createQuietBot(runtime);
    await tellBot(fixture, { kind: "pause" });
    const look = { venueId: fixture.venueId, slot: FIRST_SLOT, after: FIRST_ID };
    expect(await lookAtPage(fixture.ports, look)).toMatchObject({ covered: 1, left: 0 });
  });
});

describe("a stopped bot", () => {
  it("has no cycles, and its stop still holds", async () => {
    const fixture = await enterAtFirst(runtime);
    await tellBot(fixture, { kind: "stop" });
    shiftMarket(fixture, FIRST_SLOT + HOUR_MS / 2, 0.95);
    fixture.setTime(SECOND);
    const look = { venueId: fixture.venueId, slot: SECOND, after: FIRST_ID };
    expect(await lookAtPage(fixture.ports, look)).toMatchObject({ covered: 0, planned: [] });
    expect(await guardOnly(fixture.ports, fixture.botId)).toBe(1);
    expect(await tradesOf(fixture)).toMatchObject([{ exitReason: "stop-loss" }]);
  });

  it("goes on at the next slot, and one row stands for those between", async () => {
    const fixture = await createQuietBot(runtime);
    await runSlot(fixture, FIRST_SLOT, () => []);
    await tellBot(fixture, { kind: "stop" });
    fixture.setTime(FIRST_SLOT + 50.5 * HOUR_MS);
    expect(await tellBot(fixture, { kind: "resume" })).toMatchObject({ state: "done" });
    await runSlot(fixture, FIRST_SLOT + 51 * HOUR_MS, wishToEnter(fixture));
    const cycles = await runtime.db.cycle.findMany({ where: { botId: fixture.botId }, orderBy: { slot: "asc" } });
    expect(cycles.map(({ status, missedCount }) => `${status} ${missedCount ?? ""}`)).toEqual([
      "done ",
      "skipped 50",
      "done ",
    ]);
    expect(await verdictsOf(fixture)).toEqual(["approved"]);
    expect(await breachesAt(fixture, FIRST_SLOT + 51 * HOUR_MS)).toEqual([]);
  });

  it("goes on also where a run by command stands at the slot that was its next", async () => {
    const fixture = await createQuietBot(runtime);
    await runSlot(fixture, FIRST_SLOT, () => []);
    await tellBot(fixture, { kind: "stop" });
    const run = { id: runtime.newId(), botId: fixture.botId, slot: new Date(SECOND) };
    await runtime.db.cycle.create({ data: { ...run, status: "failed", failure: "none" } });
    fixture.setTime(FIRST_SLOT + 50.5 * HOUR_MS);
    expect(await tellBot(fixture, { kind: "resume" })).toMatchObject({ state: "done" });
    await runSlot(fixture, FIRST_SLOT + 51 * HOUR_MS, () => []);
    const cycles = await runtime.db.cycle.findMany({ where: { botId: fixture.botId }, orderBy: { slot: "asc" } });
    const told = cycles.map(({ status, missedCount }) => `${status} ${missedCount ?? ""}`);
    expect(told).toEqual(["done ", "failed ", "skipped 49", "done "]);
    expect(await breachesAt(fixture, FIRST_SLOT + 51 * HOUR_MS)).toEqual([]);
  });

  it("can be archived once it holds nothing, and does not come back", async () => {
    const fixture = await enterAtFirst(runtime);
    expect((await tellBot(fixture, { kind: "archive" })).reason).toMatch(/it runs: stop it first/);
    await tellBot(fixture, { kind: "stop" });
    expect((await tellBot(fixture, { kind: "archive" })).reason).toMatch(/it holds a position: close first/);
    await tellBot(fixture, { kind: "close-all" });
    fixture.setTime(SECOND);
    await guardOnly(fixture.ports, fixture.botId);
    expect(await tellBot(fixture, { kind: "archive" })).toMatchObject({ state: "done" });
    expect((await tellBot(fixture, { kind: "resume" })).reason).toBe("it is archived");
    const until = new Date(SECOND + HOUR_MS).toISOString();
    const lock = { kind: "lock-pair", pair: null, until, reason: null } as const;
    expect((await tellBot(fixture, lock)).reason).toBe("it is archived");
    expect(await statusOf(fixture)).toBe("archived");
  });
});
