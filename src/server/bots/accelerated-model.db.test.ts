import { beforeEach, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createBooksFixture, type BooksFixture } from "../testing/books-fixture";
import { editSettings } from "../testing/edit-fixture";
import { createNewBots } from "../testing/new-bots";
import { createBot } from "./create-bot";
import { startPaperBot } from "./start-paper-bot";
import { decimal } from "~/trading/money";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));

const PAID = { mode: "llm", decision: { model: "anthropic/claude-haiku-5-5", budgetPerDay: "2" } };
const ALLOWED = { mode: "llm", decision: { ...PAID.decision, acceleratedConsent: true } };
const SCRIPTED = { mode: "llm", decision: {} };
const REFUSED = {
  code: "invalid",
  fields: [
    { path: "settings.decision.acceleratedConsent", message: expect.stringMatching(/17,280 times a day.*\$2 a day/) },
  ],
};

let fixture: BooksFixture;
beforeEach(async () => {
  fixture = await createBooksFixture(runtime);
  await runtime.db.venueClock.update({ where: { venueId: fixture.venueId }, data: { speed: 720 } });
});

const versions = () => runtime.db.botSettings.count({ where: { botId: fixture.botId } });

it("an edit to a paid model is refused on a market that runs 720 times as fast, and taken with consent", async () => {
  const edit = (settings: object) => editSettings(fixture, { pairs: ["BTC/USDT"], intervalSeconds: 3600, ...settings });
  await expect(edit(PAID)).rejects.toMatchObject(REFUSED);
  expect(await versions()).toBe(1);
  expect(await edit(SCRIPTED)).toBe(2);
  expect(await edit(ALLOWED)).toBe(3);
});

it("a new bot too, and nothing of it is written", async () => {
  const bots = await createNewBots(runtime);
  await runtime.db.venueClock.update({ where: { venueId: bots.fixture.venueId }, data: { speed: 720 } });
  const create = async (settings: object) =>
    createBot(
      bots.portsWith(),
      bots.wanted(await bots.newUser(), { settings: { pairs: ["ETH/USDT"], intervalSeconds: 3600, ...settings } }),
    );
  const before = await runtime.db.bot.count();
  await expect(create(PAID)).rejects.toMatchObject(REFUSED);
  expect(await runtime.db.bot.count()).toBe(before);
  await expect(create(ALLOWED)).resolves.toMatchObject({ botId: expect.any(String) });
  await expect(create(SCRIPTED)).resolves.toMatchObject({ botId: expect.any(String) });
});

it("one that a command makes too", async () => {
  const { email } = await runtime.db.user.findUniqueOrThrow({ where: { id: fixture.userId } });
  const wanted = { email, venue: "demo" as const, okxHost: null, name: null, pairs: null, intervalSeconds: 3600 };
  const start = (settings: Readonly<Record<string, unknown>>) =>
    startPaperBot(fixture.ports, { ...wanted, settings, capital: decimal(1000) });
  await expect(start(PAID)).rejects.toMatchObject({ code: "invalid", message: expect.stringMatching(/times a day/) });
  await expect(start(ALLOWED)).resolves.toMatchObject({ pairs: ["BTC/USDT"] });
});
