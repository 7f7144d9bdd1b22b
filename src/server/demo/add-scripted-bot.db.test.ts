import { beforeEach, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { openFingerprint } from "../testing/fingerprint-database";
import { DEMO_EMAIL } from "../venues/speed-rights";
import { addScriptedBot } from "./add-scripted-bot";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed), { per: "test" });

let fixture: BooksFixture;

/** A demo of an earlier version, half an hour after it opened. */
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { pairs: ["BTC/USDT", "ETH/USDT"] });
  const { db } = runtime;
  await db.user.update({ where: { id: fixture.userId }, data: { email: DEMO_EMAIL } });
  await db.venue.update({ where: { id: fixture.venueId }, data: { openedAt: new Date(FIRST_SLOT) } });
  const later = new Date(FIRST_SLOT + HOUR_MS / 2);
  await db.venueClock.update({ where: { venueId: fixture.venueId }, data: { highWater: later } });
  await db.bot.update({ where: { id: fixture.botId }, data: { name: "Trinity 1h" } });
  fixture.setTime(later.getTime());
});

const scripted = () => runtime.db.bot.findMany({ where: { name: "Scripted model 1h" }, include: { settings: true } });

it("joins the demo's other bots once, on all of its pairs, from the market's next hour on", async () => {
  expect(await addScriptedBot(fixture.ports)).toBe(true);
  const [bot, ...more] = await scripted();
  expect(more).toEqual([]);
  expect(bot).toMatchObject({ userId: fixture.userId, status: "running", nextDue: new Date(FIRST_SLOT + HOUR_MS) });
  expect(bot?.settings.map(({ settings }) => settings)).toMatchObject([
    { mode: "llm", pairs: ["BTC/USDT", "ETH/USDT"] },
  ]);
  expect(await addScriptedBot(fixture.ports)).toBe(false);
  expect(await scripted()).toHaveLength(1);
});

it("changes no row of the others' books, positions, cycles or settings", async () => {
  const other = { where: { botId: fixture.botId } };
  const read = () =>
    Promise.all([
      runtime.db.bot.findUniqueOrThrow({ where: { id: fixture.botId } }),
      runtime.db.ledgerEntry.findMany(other),
      runtime.db.botSettings.findMany(other),
      runtime.db.cycle.findMany(other),
    ]);
  const before = await read();
  await addScriptedBot(fixture.ports);
  expect(await read()).toEqual(before);
});

it.each<[what: string, change: () => Promise<unknown>]>([
  [
    "renamed its bot that asks a model",
    async () => {
      await addScriptedBot(fixture.ports);
      await runtime.db.bot.updateMany({ where: { name: "Scripted model 1h" }, data: { name: "Mine" } });
    },
  ],
  [
    "stopped the demo's other bots",
    () => runtime.db.bot.update({ where: { id: fixture.botId }, data: { status: "stopped", stoppedReason: "user" } }),
  ],
  [
    "has none of the demo's bots",
    () => runtime.db.bot.update({ where: { id: fixture.botId }, data: { name: "Mine" } }),
  ],
  [
    "is not the demo's",
    () => runtime.db.user.update({ where: { id: fixture.userId }, data: { email: "me@example.org" } }),
  ],
])("is not made again, nor for whoever %s", async (_what, change) => {
  await change();
  const read = await openFingerprint(runtime.db);
  const before = await read();
  expect(await addScriptedBot(fixture.ports)).toBe(false);
  expect(await read()).toEqual(before);
});
