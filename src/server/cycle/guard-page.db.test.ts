import pg from "pg";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, planSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { shiftMarket } from "../testing/shift-market";
import { findGuardedBots } from "./find-guarded-bots";
import { guardBots, guardPage } from "./guard-page";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";
const MINUTE_MS = 60_000;
const SECOND = FIRST_SLOT + HOUR_MS;

let runtime: Runtime;
let fixture: BooksFixture;
let ownerUrl: string;
openBed((bed) => ([runtime, ownerUrl] = [bed.runtime, bed.database.ownerUrl]), { per: "test" });
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { volatility: 0.0005 });
});

const enter = async (botId: string): Promise<void> => {
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: `run-${botId}`, botId });
  for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
};

/** So many bots that entered at the first slot, by their ids. */
const enterAll = async (count: number): Promise<string[]> => {
  const ids = [fixture.botId];
  while (ids.length < count) ids.push(await fixture.addBot());
  for (const id of ids) await enter(id);
  return ids;
};

const positionOf = (botId: string) => runtime.db.position.findFirstOrThrow({ where: { botId } });
const settledAfter = async (botId: string): Promise<number> =>
  ((await positionOf(botId)).settledThrough.getTime() - FIRST_SLOT) / MINUTE_MS;
const allSettledAfter = (ids: readonly string[]): Promise<number[]> => Promise.all(ids.map(settledAfter));

/** A page that is read at so many minutes after the first slot, and settled after something happened in between. */
const guardAround = async (minutes: number, between: () => Promise<unknown>) => {
  fixture.setTime(FIRST_SLOT + minutes * MINUTE_MS);
  const bots = await findGuardedBots(fixture.ports, FIRST_ID);
  await between();
  return guardBots(fixture.ports, bots);
};
const stop = (botId: string) =>
  runtime.db.bot.update({ where: { id: botId }, data: { status: "stopped", stoppedReason: "user" } });

describe("a guarded page of bots", () => {
  it("is advanced in as many statements as one bot, each position to what its own guard comes to", async () => {
    const tripsAt = async (minutes: number): Promise<number> => {
      fixture.setTime(FIRST_SLOT + minutes * MINUTE_MS);
      const asked = vi.spyOn(pg.Client.prototype, "query");
      expect(await guardPage(fixture.ports, FIRST_ID)).toEqual({ last: null, closed: 0, failed: [] });
      const trips = asked.mock.calls.length;
      asked.mockRestore();
      return trips;
    };
    await enter(fixture.botId);
    // What a process remembers of settings is read once.
    await tripsAt(5);
    const ofOne = await tripsAt(10);
    expect(await settledAfter(fixture.botId)).toBe(10);
    const others: string[] = [];
    for (let index = 0; index < 11; index++) others.push(await fixture.addBot());
    for (const id of others) await enter(id);
    expect(await tripsAt(15)).toBe(ofOne);
    expect(ofOne).toBeLessThanOrEqual(7);
    expect(await allSettledAfter([fixture.botId, ...others])).toEqual([fixture.botId, ...others].map(() => 15));
    const close = fixture.market.candles
      .get("BTC/USDT")
      ?.find(({ openTime }) => openTime === FIRST_SLOT + 10 * MINUTE_MS)?.close;
    const position = await positionOf(fixture.botId);
    expect([Number(position.mark), position.markedAt.getTime()]).toEqual([close, FIRST_SLOT + 15 * MINUTE_MS]);
  });

  it("closes what a stop ends, beside those that go on", async () => {
    const [stopped = "", ...others] = await enterAll(3);
    await runtime.db
      .$executeRaw`UPDATE positions SET stop_loss = 1, take_profit = 1000000000 WHERE bot_id <> ${stopped}::uuid`;
    shiftMarket(fixture, FIRST_SLOT + 10 * MINUTE_MS, 0.95);
    expect(await guardAround(20, () => Promise.resolve())).toMatchObject({ closed: 1, failed: [] });
    expect((await positionOf(stopped)).closedAt).not.toBeNull();
    expect(await allSettledAfter(others)).toEqual([20, 20]);
    expect(await runtime.db.trade.findMany()).toMatchObject([{ botId: stopped, exitReason: "stop-loss" }]);
  });

  it("is guarded but for a bot that this release cannot read, which fails alone and says why", async () => {
    const [broken = "", ...others] = await enterAll(3);
    await runtime.db.botSettings.create({ data: { botId: broken, version: 2, settings: { mode: "gone" } } });
    await runtime.db.bot.update({ where: { id: broken }, data: { settingsVersion: 2 } });
    fixture.setTime(FIRST_SLOT + 10 * MINUTE_MS);
    const { failed } = await guardPage(fixture.ports, FIRST_ID);
    expect(failed).toEqual([expect.stringMatching(/settings cannot be read/)]);
    expect(await allSettledAfter([broken, ...others])).toEqual([0, 10, 10]);
  });

  it("is guarded but for a bot of a market that does not answer", async () => {
    const other = await createBooksFixture(runtime, { pairs: ["SOL/USDT"], volatility: 0.0005 });
    await enterAll(2);
    const cycle = await claimSlot(other, FIRST_SLOT, { holder: "other" });
    for (const stage of stagesOf(other, wishToEnter(other, "SOL/USDT"))) await stage.run(cycle);
    const marketDataOf = (venue: { readonly id: string }) =>
      venue.id === other.venueId ? Promise.reject(new Error("no answer")) : Promise.resolve(fixture.market);
    fixture.setTime(FIRST_SLOT + 10 * MINUTE_MS);
    const { failed } = await guardPage({ ...fixture.ports, marketDataOf }, FIRST_ID);
    expect(failed).toHaveLength(1);
    expect(await settledAfter(other.botId)).toBe(0);
    expect(await settledAfter(fixture.botId)).toBe(10);
  });
});

it("a guarded page is advanced but for a bot of which the database refuses a position, which fails alone", async () => {
  const [refused = "", ...others] = await enterAll(3);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(`ALTER TABLE positions ADD CONSTRAINT planted CHECK (bot_id <> '${refused}') NOT VALID`);
  await owner.end();
  fixture.setTime(FIRST_SLOT + 10 * MINUTE_MS);
  const { failed } = await guardPage(fixture.ports, FIRST_ID);
  expect(failed).toEqual([expect.stringMatching(/planted/)]);
  expect(await allSettledAfter([refused, ...others])).toEqual([0, 10, 10]);
});

it("a guarded page leaves late slots to the look that catches up, but for no longer than twelve hours", async () => {
  await enterAll(1);
  await runtime.db.$executeRaw`UPDATE positions SET stop_loss = 1, take_profit = 1000000000`;
  await guardAround(12 * 60 + 59, () => Promise.resolve());
  expect(await settledAfter(fixture.botId)).toBe(60);
  await guardAround(13 * 60 + 5, () => Promise.resolve());
  expect(await settledAfter(fixture.botId)).toBe(13 * 60);
});

describe("what changes after the page was read", () => {
  it("leaves a bot that another has locked, without waiting, and advances all others", async () => {
    const [other = "", locked = ""] = await enterAll(2);
    await runtime.db.$executeRaw`UPDATE positions SET stop_loss = 1 WHERE bot_id = ${other}::uuid`;
    const first = fixture.market.candles.get("BTC/USDT")?.find(({ openTime }) => openTime === FIRST_SLOT);
    Object.assign(first ?? {}, { low: 2 });
    const holder = new pg.Client({ connectionString: ownerUrl });
    await holder.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM bot_leases WHERE bot_id = $1 FOR UPDATE", [locked]);
    // Its stop is not touched yet: nothing of it would go the way of one bot.
    await runtime.db.$executeRaw`UPDATE positions SET stop_loss = 1 WHERE bot_id = ${locked}::uuid`;
    expect(await guardAround(10, () => Promise.resolve())).toMatchObject({ failed: [] });
    await holder.end();
    expect(await allSettledAfter([other, locked])).toEqual([10, 0]);
    // The one left behind is settled over every candle since, though others were settled further.
    await runtime.db.$executeRaw`UPDATE positions SET stop_loss = 10 WHERE bot_id = ${locked}::uuid`;
    expect(await guardAround(20, () => Promise.resolve())).toMatchObject({ closed: 1, failed: [] });
    expect((await positionOf(locked)).closedAt).toEqual(new Date(FIRST_SLOT));
  });

  it("leaves a position that was settled meanwhile as it is", async () => {
    await enterAll(1);
    const through = new Date(FIRST_SLOT + 40 * MINUTE_MS);
    await guardAround(10, () => runtime.db.position.updateMany({ data: { settledThrough: through } }));
    expect(await settledAfter(fixture.botId)).toBe(40);
  });

  it("leaves a cycle that has come into hand the books of its slot", async () => {
    await enterAll(1);
    await stop(fixture.botId);
    await guardAround(70, async () => {
      await runtime.db.bot.updateMany({ data: { status: "running", stoppedReason: null } });
      await planSlot(fixture, SECOND);
    });
    expect(await settledAfter(fixture.botId)).toBe(0);
    await guardAround(70, () => Promise.resolve());
    expect(await settledAfter(fixture.botId)).toBe(60);
    await stop(fixture.botId);
    await guardAround(70, () => Promise.resolve());
    expect(await settledAfter(fixture.botId)).toBe(70);
  });

  it("leaves a bot that was marked at a later time", async () => {
    await enterAll(1);
    const point = await runtime.db.equityPoint.findFirstOrThrow({ where: { botId: fixture.botId } });
    const later = { ...point, at: new Date(FIRST_SLOT + 11 * MINUTE_MS) };
    await guardAround(10, () => runtime.db.equityPoint.create({ data: later }));
    expect(await settledAfter(fixture.botId)).toBe(0);
    await guardAround(11, () => Promise.resolve());
    expect(await settledAfter(fixture.botId)).toBe(10);
  });
});
