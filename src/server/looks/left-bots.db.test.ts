import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import pg from "pg";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { lookAtPage, type LookedPage } from "./look-at-page";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";

let runtime: Runtime;
let owner: pg.Client;
let fixture: BooksFixture;
let ownerUrl: string;
openBed((bed) => ([runtime, ownerUrl] = [bed.runtime, bed.database.ownerUrl]), { per: "test", poolMax: 10 });
beforeEach(async () => {
  fixture = await createBooksFixture(runtime);
  owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
});
afterEach(() => owner.end());

const lookAt = (slot: number, now = slot): Promise<LookedPage> => {
  fixture.setTime(now);
  return lookAtPage(fixture.ports, { venueId: fixture.venueId, slot, after: FIRST_ID });
};
const cyclesOf = (botId = fixture.botId) => runtime.db.cycle.findMany({ where: { botId }, orderBy: { slot: "asc" } });

/** Runs a statement between the reading and the writing of a look: when snapshots are stored. */
const plantMeanwhile = (sql: string) =>
  owner.query(`
    CREATE FUNCTION meanwhile() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN ${sql}; RETURN NULL; END $$;
    CREATE TRIGGER meanwhile AFTER INSERT ON market_snapshots FOR EACH STATEMENT EXECUTE FUNCTION meanwhile()`);

it("steps around a bot that another transaction has locked, and has not looked at it", async () => {
  await owner.query("BEGIN");
  await owner.query("SELECT 1 FROM bot_leases WHERE bot_id = $1 FOR UPDATE", [fixture.botId]);
  expect(await lookAt(FIRST_SLOT)).toMatchObject({ covered: 0, planned: [], left: 1 });
  expect(await cyclesOf()).toEqual([]);
  await owner.query("COMMIT");
  expect(await lookAt(FIRST_SLOT)).toMatchObject({ covered: 1, left: 0 });
});

it("leaves out a bot of which the guard moved a position since it was read, and covers all others", async () => {
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
  for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
  const other = await fixture.addBot();
  const moved = new Date(FIRST_SLOT + HOUR_MS / 2);
  await plantMeanwhile(`UPDATE positions SET settled_through = '${moved.toISOString()}'`);
  expect(await lookAt(FIRST_SLOT + HOUR_MS)).toMatchObject({ left: 1 });
  expect(await cyclesOf(other)).not.toEqual([]);
  expect(await cyclesOf()).toHaveLength(1);
  expect(await lookAt(FIRST_SLOT + HOUR_MS)).toMatchObject({ left: 0 });
  expect(await cyclesOf()).toHaveLength(2);
});

describe("a bot that changed since a look read it is left out whole, beside others that are covered", () => {
  const expectLeft = async (look: Promise<LookedPage>, left: string, other: string): Promise<void> => {
    expect(await look).toMatchObject({ covered: 1, planned: [], left: 1 });
    expect(await cyclesOf(left)).toEqual([]);
    expect(await runtime.db.equityPoint.count({ where: { botId: left } })).toBe(0);
    expect(await cyclesOf(other)).toMatchObject([{ status: "done" }]);
    expect(await runtime.db.decision.count()).toBe(1);
    const events = await runtime.db.liveEvent.findMany({ orderBy: { number: "asc" } });
    expect(events.map(({ number, payload }) => [Number(number), payload])).toEqual([
      [1, expect.objectContaining({ botId: other })],
    ]);
  };

  it.each([
    ["a run began it", "UPDATE bot_leases SET epoch = epoch + 1"],
    ["a run has it", "UPDATE bot_leases SET holder = 'run', expires_at = clock_timestamp() + interval '30 seconds'"],
    ["its slot was accounted for", "UPDATE bots SET next_due = next_due + interval '1 hour'"],
    ["it was stopped", "UPDATE bots SET status = 'stopped', stopped_reason = 'user'"],
    ["its settings changed", "UPDATE bots SET settings_version = 2"],
  ])("because %s", async (_why, change) => {
    const { botId } = fixture;
    const other = await fixture.addBot();
    const { settings } = await runtime.db.botSettings.findFirstOrThrow({ where: { botId } });
    await runtime.db.botSettings.create({ data: { botId, version: 2, settings: settings as object } });
    const key = change.includes("bot_leases") ? "bot_id" : "id";
    await plantMeanwhile(`${change} WHERE ${key} = '${botId}'`);
    await expectLeft(lookAt(FIRST_SLOT), botId, other);
  });

  it("also where the change is committed while the look waits for it", async () => {
    const { botId } = fixture;
    const other = await fixture.addBot();
    await owner.query("BEGIN");
    await owner.query("UPDATE bots SET next_due = next_due + interval '1 hour' WHERE id = $1", [botId]);
    const look = lookAt(FIRST_SLOT);
    await vi.waitFor(
      async () => {
        const waiting = await runtime.db.$queryRaw<{ pid: number }[]>`
          SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        expect(waiting).not.toEqual([]);
      },
      { timeout: 30_000, interval: 20 },
    );
    await owner.query("COMMIT");
    await expectLeft(look, botId, other);
  });
});

it("leaves a bot whose figures the database refuses to its own run, and covers all others, also of later pages", async () => {
  const ids = [fixture.botId];
  while (ids.length < 7) ids.push(await fixture.addBot());
  const refused = ids[2] ?? "";
  await owner.query(`ALTER TABLE equity_points ADD CONSTRAINT planted CHECK (bot_id <> '${refused}') NOT VALID`);
  fixture.setTime(FIRST_SLOT);
  let after: string | null = FIRST_ID;
  while (after !== null) {
    const look = { venueId: fixture.venueId, slot: FIRST_SLOT, after, botsPerPage: 5 };
    const looked: LookedPage = await lookAtPage(fixture.ports, look);
    const isFirst = after === FIRST_ID;
    expect(looked).toMatchObject({ covered: isFirst ? 4 : 2, left: 0, planned: isFirst ? [{ botId: refused }] : [] });
    after = looked.next;
  }
  const others = ids.filter((id) => id !== refused);
  for (const id of others) expect(await cyclesOf(id)).toMatchObject([{ status: "done" }]);
  expect(await cyclesOf(refused)).toMatchObject([{ status: "due" }]);
  expect(await runtime.db.equityPoint.count()).toBe(others.length);
});

describe("a candle that a real venue has not confirmed yet", () => {
  const lookBefore = async (secondsAfter: number): Promise<LookedPage> => {
    fixture.setTime(FIRST_SLOT + secondsAfter * 1000);
    fixture.market.now = FIRST_SLOT - 1;
    return lookAtPage(fixture.ports, { venueId: fixture.venueId, slot: FIRST_SLOT, after: FIRST_ID });
  };

  it("is waited for, and the slot is looked at when it has come", async () => {
    await runtime.db.venueClock.deleteMany();
    expect(await lookBefore(2)).toMatchObject({ covered: 0, planned: [], left: 1 });
    expect(await lookBefore(19)).toMatchObject({ covered: 0, planned: [], left: 1 });
    expect(await cyclesOf()).toEqual([]);
    expect(await lookAt(FIRST_SLOT, FIRST_SLOT + 19_500)).toMatchObject({ covered: 1, left: 0 });
  });

  it("is done without after 20 s", async () => {
    await runtime.db.venueClock.deleteMany();
    expect(await lookBefore(20)).toMatchObject({ covered: 1, left: 0 });
  });

  it("is not waited for on a market that is simulated, whose candles are all there", async () => {
    expect(await lookBefore(2)).toMatchObject({ covered: 1, left: 0 });
  });
});

it("leaves a bot that not even a run can be planned for to the next look, and covers all others", async () => {
  const refused = await fixture.addBot();
  await fixture.addBot();
  await owner.query(`ALTER TABLE cycles ADD CONSTRAINT planted CHECK (bot_id <> '${refused}') NOT VALID`);
  expect(await lookAt(FIRST_SLOT)).toMatchObject({ covered: 2, planned: [], left: 1 });
  expect(await cyclesOf(refused)).toEqual([]);
  await owner.query("ALTER TABLE cycles DROP CONSTRAINT planted");
  expect(await lookAt(FIRST_SLOT + HOUR_MS)).toMatchObject({ covered: 4, left: 0 });
  expect(await cyclesOf(refused)).toMatchObject([{ status: "done" }, { status: "done" }]);
});

describe("a slot that has a row of a run by command", () => {
  const plantRun = (hours = 0) => {
    const slot = new Date(FIRST_SLOT + hours * HOUR_MS);
    return runtime.db.cycle.create({
      data: { id: runtime.newId(), botId: fixture.botId, slot, status: "failed", failure: "none" },
    });
  };

  it("is accounted for by that row, and keeps no other bot from its look", async () => {
    await plantRun();
    const other = await fixture.addBot();
    expect(await lookAt(FIRST_SLOT)).toMatchObject({ covered: 1, planned: [], left: 0 });
    expect(await lookAt(FIRST_SLOT + HOUR_MS)).toMatchObject({ covered: 2, left: 0 });
    expect(await cyclesOf()).toMatchObject([{ status: "failed" }, { status: "done" }]);
    expect(await cyclesOf(other)).toMatchObject([{ status: "done" }, { status: "done" }]);
  });

  it("is not among those that were missed, first or between them", async () => {
    for (const hours of [0, 1, 7, 7.5]) await plantRun(hours);
    const newest = FIRST_SLOT + 30 * HOUR_MS;
    expect(await lookAt(newest)).toMatchObject({ covered: 1, left: 0 });
    const third = new Date(FIRST_SLOT + 2 * HOUR_MS);
    expect((await cyclesOf()).filter(({ status }) => status !== "failed")).toMatchObject([
      { skipReason: "missed", slot: third, missedThrough: new Date(newest - HOUR_MS), missedCount: 27 },
      { status: "done", slot: new Date(newest) },
    ]);
  });
});
