import { beforeEach, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { botSettingsSchema } from "~/trading/bot-settings";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { runHours } from "../testing/run-hours";
import { checkBotInvariants } from "./check-bot-invariants";

const MINUTE_MS = 60_000;

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));
let fixture: BooksFixture;

/** Three hourly slots, each with its row. */
beforeEach(async () => {
  fixture = await createBooksFixture(runtime);
  await runHours(fixture, { hours: 3, wish: null });
});

type Version = { readonly version: number; readonly minutes: number; readonly from: number; readonly nextDue: number };

/** Another version of the settings; times in ms after the first slot. */
const write = async ({ version, minutes, from, nextDue }: Version): Promise<void> => {
  const { botId } = fixture;
  const settings = botSettingsSchema.parse({ pairs: ["BTC/USDT"], intervalSeconds: minutes * 60 });
  const inForceFrom = new Date(FIRST_SLOT + from);
  await runtime.db.botSettings.create({ data: { botId, version, settings, inForceFrom } });
  const data = { settingsVersion: version, intervalSeconds: minutes * 60, nextDue: new Date(FIRST_SLOT + nextDue) };
  await runtime.db.bot.update({ where: { id: botId }, data });
};

const cover = async (...slots: readonly number[]): Promise<void> => {
  const data = slots.map((after) => ({
    id: runtime.newId(),
    botId: fixture.botId,
    slot: new Date(FIRST_SLOT + after),
    status: "done" as const,
  }));
  await runtime.db.cycle.createMany({ data });
};

const brokenSlots = async (at: number): Promise<string[]> => {
  const { settingsVersion } = await runtime.db.bot.findUniqueOrThrow({ where: { id: fixture.botId } });
  const bot = { botId: fixture.botId, settingsVersion, at: FIRST_SLOT + at };
  const broken = await checkBotInvariants(runtime, bot);
  return broken.filter(({ invariant }) => invariant === "I7").map(({ text }) => text);
};

const [TWO, THREE] = [2 * HOUR_MS, 3 * HOUR_MS];

it("slots before an edit are counted by the interval that they had, and those after it by the new one", async () => {
  const first = 2 * HOUR_MS + 15 * MINUTE_MS;
  await write({ version: 2, minutes: 15, from: TWO + MINUTE_MS, nextDue: THREE });
  await cover(first, first + 15 * MINUTE_MS, first + 30 * MINUTE_MS);
  expect(await brokenSlots(THREE)).toEqual([]);
});

it("a slot that is lost after an edit is found", async () => {
  await write({ version: 2, minutes: 15, from: TWO + MINUTE_MS, nextDue: THREE });
  await cover(TWO + 15 * MINUTE_MS, TWO + 30 * MINUTE_MS);
  expect(await brokenSlots(THREE)).toEqual(["6 slots were due, 5 are recorded"]);
});

it("a version that no slot came to before the next one counts none", async () => {
  await write({ version: 2, minutes: 720, from: TWO + MINUTE_MS, nextDue: 12 * HOUR_MS });
  await write({ version: 3, minutes: 30, from: TWO + 5 * MINUTE_MS, nextDue: THREE });
  await cover(TWO + 30 * MINUTE_MS);
  expect(await brokenSlots(THREE)).toEqual([]);
});
