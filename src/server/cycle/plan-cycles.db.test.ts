import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { planCycles, type PlannedCycle } from "./plan-cycles";

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed), { per: "test", poolMax: 10 });
beforeEach(async () => {
  fixture = await createBooksFixture(runtime);
});

const slotsOf = async (botId = fixture.botId): Promise<number[]> => {
  const rows = await runtime.db.cycle.findMany({ where: { botId }, orderBy: { slot: "asc" } });
  return rows.map(({ slot }) => slot.getTime());
};
const planAt = (time: number): Promise<PlannedCycle[]> => {
  fixture.setTime(time);
  return planCycles(fixture.ports);
};

describe("planning", () => {
  it("plans the slots of the next 90 seconds, with the wall time at which each begins", async () => {
    expect(await planAt(FIRST_SLOT - 90_001)).toEqual([]);
    const [planned] = await planAt(FIRST_SLOT - 90_000);
    expect(planned).toMatchObject({
      botId: fixture.botId,
      slot: new Date(FIRST_SLOT).toISOString(),
      wallAt: FIRST_SLOT,
    });
    expect(await planAt(FIRST_SLOT - 90_000)).toEqual([]);
    expect(await slotsOf()).toEqual([FIRST_SLOT]);
    const bot = await runtime.db.bot.findUniqueOrThrow({ where: { id: fixture.botId } });
    expect(bot.nextDue?.getTime()).toBe(FIRST_SLOT + HOUR_MS);
  });

  it("plans on the venue's clock: at 720 times the speed, 90 seconds are 18 hourly slots, 5 wall seconds apart", async () => {
    await runtime.db.venueClock.updateMany({ data: { speed: 720 } });
    const planned = await planAt(FIRST_SLOT);
    expect(planned).toHaveLength(19);
    expect(planned.map(({ wallAt }) => wallAt)).toEqual(planned.map((_, index) => FIRST_SLOT + index * 5000));
  });

  it("plans nothing for a bot that does not run, nor on a clock that stands before the slot", async () => {
    await runtime.db.bot.updateMany({ data: { status: "paused" } });
    expect(await planAt(FIRST_SLOT)).toEqual([]);
    await runtime.db.bot.updateMany({ data: { status: "running" } });
    const before = new Date(FIRST_SLOT - 1000);
    await runtime.db.venueClock.updateMany({ data: { speed: 0, anchorMarket: before } });
    expect(await planAt(FIRST_SLOT + HOUR_MS)).toEqual([]);
  });

  it("after downtime leaves one missed row for all that passed, and runs only the newest slot", async () => {
    await planAt(FIRST_SLOT);
    const planned = await planAt(FIRST_SLOT + 50 * HOUR_MS + 1000);
    expect(planned.map(({ slot }) => slot)).toEqual([new Date(FIRST_SLOT + 50 * HOUR_MS).toISOString()]);
    const missed = await runtime.db.cycle.findMany({ where: { skipReason: "missed" } });
    expect(missed).toHaveLength(1);
    expect(missed[0]).toMatchObject({
      status: "skipped",
      slot: new Date(FIRST_SLOT + HOUR_MS),
      missedThrough: new Date(FIRST_SLOT + 49 * HOUR_MS),
      missedCount: 49,
    });
    expect(await slotsOf()).toHaveLength(3);
  });

  it("by several planners at once plans each slot of each bot once, also across pages", async () => {
    const botIds = [fixture.botId];
    for (let index = 0; index < 20; index++) botIds.push(await fixture.addBot());
    await runtime.db.venueClock.updateMany({ data: { speed: 720 } });
    fixture.setTime(FIRST_SLOT);
    const plans = await Promise.all(Array.from({ length: 6 }, () => planCycles(fixture.ports)));
    const rest = await planCycles(fixture.ports);
    const planned = [...plans.flat(), ...rest];
    expect(new Set(planned.map(({ botId, slot }) => `${botId} ${slot}`)).size).toBe(planned.length);
    expect(planned).toHaveLength(19 * botIds.length);
    for (const botId of botIds) expect(await slotsOf(botId)).toHaveLength(19);
  });
});
