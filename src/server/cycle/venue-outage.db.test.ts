import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { VenueError } from "~/trading/venue-error";
import { HEALTH_FRESH_MS, isOutage } from "~/trading/venue-health";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, planSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { findOutage } from "../venues/find-outage";
import { outageSql } from "../venues/outage-sql";
import { watchVenues } from "../venues/watch-venues";
import { beginCycle } from "./begin-cycle";
import { isFinal } from "./cycle-ref";
import { failCycle } from "./fail-cycle";
import { findGuardedBots } from "./find-guarded-bots";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";
const MESSAGE = "OKX does not answer.";

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed));
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { volatility: 0.0003 });
});

const found = async (state: "ok" | "unreachable", at: number): Promise<void> => {
  const [since, message] = [new Date(at), state === "ok" ? null : MESSAGE];
  const health = { state, message, since, checkedAt: since };
  const { venueId } = fixture;
  await runtime.db.venueHealth.upsert({ where: { venueId }, create: { venueId, ...health }, update: health });
};
const begin = (cycleId: string) => beginCycle(fixture.ports, { botId: fixture.botId, cycleId, holder: "run" });
const cycleAt = (id: string) => runtime.db.cycle.findUniqueOrThrow({ where: { id } });

describe("a bot whose venue does not answer", () => {
  it("fails its cycle at once, in plain words and without asking the venue or an alert of its own", async () => {
    const cycleId = await planSlot(fixture, FIRST_SLOT);
    await found("unreachable", FIRST_SLOT);
    const asked = fixture.market.requests.length;
    const error = await begin(cycleId).catch((reason: unknown) => reason);
    expect(isFinal(error)).toBe(true);
    await failCycle(fixture.ports, { cycleId, message: error instanceof Error ? error.message : "" });
    expect(await cycleAt(cycleId)).toMatchObject({ status: "failed", failure: MESSAGE });
    expect(fixture.market.requests).toHaveLength(asked);
    expect(await runtime.db.alert.count({ where: { botId: fixture.botId } })).toBe(0);
  });

  it("is free for its next slot, which runs once the venue is back", async () => {
    const cycleId = await planSlot(fixture, FIRST_SLOT);
    await found("unreachable", FIRST_SLOT);
    await begin(cycleId).catch(() => null);
    await failCycle(fixture.ports, { cycleId, message: MESSAGE });
    await found("ok", FIRST_SLOT + HOUR_MS);
    const cycle = await claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run" });
    for (const stage of stagesOf(fixture, null)) await stage.run(cycle);
    expect(await cycleAt(cycle.cycleId)).toMatchObject({ status: "done" });
  });

  it("is asked again when nobody looked for three minutes", async () => {
    await found("unreachable", FIRST_SLOT - 181_000);
    expect(await begin(await planSlot(fixture, FIRST_SLOT))).toMatchObject({ outcome: "begun" });
  });

  it("is left out by the guard, which then is in time for the bots of other venues", async () => {
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
    const guarded = async () => (await findGuardedBots(runtime, FIRST_ID)).some(({ botId }) => botId === fixture.botId);
    expect(await guarded()).toBe(true);
    await found("unreachable", Date.now());
    expect(await guarded()).toBe(false);
    await found("ok", Date.now());
    expect(await guarded()).toBe(true);
  });

  it("is the same in SQL as everywhere else", async () => {
    const states = ["ok", "unreachable", "maintenance"] as const;
    const ages = [-1, 0, 1, 60_000, HEALTH_FRESH_MS - 1, HEALTH_FRESH_MS, HEALTH_FRESH_MS + 1];
    const looks = states.flatMap((state) =>
      ages.flatMap((age) => [null, age].map((suspected) => ({ state, age, suspected }))),
    );
    const { venueId } = fixture;
    for (const { state, age, suspected } of looks) {
      const at = {
        since: FIRST_SLOT - age,
        checkedAt: FIRST_SLOT - age,
        suspectedAt: suspected === null ? null : FIRST_SLOT - suspected,
      };
      const message = state === "ok" ? null : MESSAGE;
      const [since, suspectedAt] = [new Date(at.since), at.suspectedAt === null ? null : new Date(at.suspectedAt)];
      const data = { state, message, since, checkedAt: since, suspectedAt };
      await runtime.db.venueHealth.upsert({ where: { venueId }, create: { venueId, ...data }, update: data });
      const [row] = await runtime.db.$queryRaw<[{ isOut: boolean }]>`
        SELECT ${outageSql(FIRST_SLOT)} AS "isOut" FROM venue_health h WHERE h.venue_id = ${venueId}::uuid`;
      expect([state, age, suspected, row.isOut]).toEqual([
        state,
        age,
        suspected,
        isOutage({ state, message, ...at }, FIRST_SLOT),
      ]);
    }
  });

  it("is no bot after one late look: not one of 58 cycles fails by it, and a second look that fails is an outage", async () => {
    const bots = [fixture.botId];
    while (bots.length < 58) bots.push(await fixture.addBot());
    await planSlot(fixture, FIRST_SLOT);
    const silent = () => Promise.reject(new VenueError("unreachable", "no answer in time"));
    const late = { ...fixture.ports, marketDataOf: () => Promise.resolve({ ...fixture.market, fetchTime: silent }) };
    await watchVenues(late);
    const due = await runtime.db.cycle.findMany({ where: { botId: { in: bots }, slot: new Date(FIRST_SLOT) } });
    const begins = due.map(({ id, botId }) =>
      beginCycle(fixture.ports, { botId, cycleId: id, holder: `run-${botId}` }),
    );
    const outcomes = (await Promise.all(begins)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(bots.map(() => "begun"));

    fixture.setTime(FIRST_SLOT + 60_000);
    await watchVenues(late);
    const { venueId } = fixture;
    expect(await findOutage(runtime.db, venueId, FIRST_SLOT + 60_000)).toMatch(/does not answer/);
  });

  it("that answers one of its cycles is out no more", async () => {
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    await found("unreachable", FIRST_SLOT);
    const { venueId } = fixture;
    expect(await findOutage(runtime.db, venueId, FIRST_SLOT)).toBe(MESSAGE);
    const [readMarket] = stagesOf(fixture, null);
    await readMarket.run(cycle);
    expect(await findOutage(runtime.db, venueId, FIRST_SLOT)).toBeNull();
    const [state] = await runtime.db.liveEvent.findMany({ where: { userId: fixture.userId, kind: "venue-state" } });
    expect(state?.payload).toMatchObject({ venueId, state: "ok" });
  });

  it("does not keep bots of other venues from their cycles", async () => {
    await found("unreachable", FIRST_SLOT);
    fixture = await createBooksFixture(runtime);
    expect(await begin(await planSlot(fixture, FIRST_SLOT))).toMatchObject({ outcome: "begun" });
  });
});
