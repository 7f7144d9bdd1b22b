import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { phaseDelayMs } from "~/trading/cycle/phase-delay";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { beginCycle } from "./begin-cycle";
import { findLostCycles } from "./find-lost-cycles";
import type { PlannedCycle } from "./planned-cycle";
import { planCycles } from "../testing/plan-cycles";

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed), { per: "test" });
beforeEach(async () => {
  fixture = await createBooksFixture(runtime);
});

const planAt = (time: number): Promise<PlannedCycle[]> => {
  fixture.setTime(time);
  return planCycles(fixture.ports);
};
const lostAt = (time: number): Promise<PlannedCycle[]> => {
  fixture.setTime(time);
  return findLostCycles(fixture.ports);
};
const begin = (cycleId: string) => beginCycle(fixture.ports, { botId: fixture.botId, cycleId, holder: "run" });
/** Gives the bot a real venue, which runs on wall time. */
const moveToRealVenue = () => runtime.db.venueClock.deleteMany();

describe("a slot that was announced, and whose hint was lost", () => {
  it.each([
    ["5 s, as the embedded runner looks", 5000, 15_000],
    ["60 s, as the crons of a server come", 60_000, 75_000],
  ])("is found by looks every %s, within so long and 10 s more", async (_name, everyMs, withinMs) => {
    await planAt(FIRST_SLOT);
    for (const phase of [0, 1, everyMs / 2, everyMs - 1]) {
      let lateMs = phase;
      while ((await lostAt(FIRST_SLOT + lateMs)).length === 0) lateMs += everyMs;
      expect(lateMs).toBeLessThanOrEqual(withinMs);
    }
  });

  it("is found again as long as it is due, and no longer once it began", async () => {
    const [planned] = await planAt(FIRST_SLOT);
    const cycleId = planned?.cycleId ?? "";
    expect(await lostAt(FIRST_SLOT + 9999)).toEqual([]);
    const slot = new Date(FIRST_SLOT).toISOString();
    const lost = { botId: fixture.botId, cycleId, slot, wallAt: FIRST_SLOT + 10_000 };
    expect(await lostAt(FIRST_SLOT + 10_000)).toEqual([lost]);
    expect(await findLostCycles(fixture.ports)).toEqual([lost]);
    await begin(cycleId);
    expect(await findLostCycles(fixture.ports)).toEqual([]);
  });

  it("of which it is late by now still ends", async () => {
    const [planned] = await planAt(FIRST_SLOT);
    const [lost] = await lostAt(FIRST_SLOT + 3 * HOUR_MS);
    expect(lost?.cycleId).toBe(planned?.cycleId);
    expect(await begin(lost?.cycleId ?? "")).toEqual({ outcome: "skipped", reason: "stale" });
    expect(await findLostCycles(fixture.ports)).toEqual([]);
  });

  it("on a real venue is not lost before its bot's own moment has passed, and found after it among many that wait", async () => {
    await moveToRealVenue();
    const bots = [fixture.botId];
    for (let index = 0; index < 30; index++) bots.push(await fixture.addBot());
    expect(await planAt(FIRST_SLOT)).toHaveLength(bots.length);
    for (const afterMs of [9_999, 15_000, 25_000, 39_999, 40_000]) {
      const lost = (await lostAt(FIRST_SLOT + afterMs)).map(({ botId }) => botId);
      const passed = bots.filter((botId) => phaseDelayMs(botId, HOUR_MS) + 10_000 <= afterMs);
      expect(lost.toSorted()).toEqual(passed.toSorted());
    }
  });
});
