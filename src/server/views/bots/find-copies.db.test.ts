import { beforeAll, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { fillBots } from "../../../../bench/lists/fill-lists";
import type { Runtime } from "../../runtime";
import { createBooksFixture, type BooksFixture } from "../../testing/books-fixture";
import { findCopies } from "./find-copies";

const BOTS = 30;

let runtime: Runtime;
let fixture: BooksFixture;
let ownerUrl: string;
openBed(({ runtime: opened, database }) => {
  runtime = opened;
  ({ ownerUrl } = database);
});
beforeAll(async () => {
  fixture = await createBooksFixture(runtime);
  const { botId, userId } = fixture;
  const { accountId } = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
  await fillBots(ownerUrl, { botId, accountId, userId }, BOTS);
});

const find = (text: string, userId = fixture.userId) => findCopies(runtime.db, { userId, text });
const names = async (text: string) => (await find(text)).bots.map(({ name }) => name).toSorted();

it("any of very many bots is found by a part of its name, whatever its case", async () => {
  const newest = await find("");
  expect([newest.bots.length, newest.hasMore]).toEqual([20, true]);
  expect(await names("OT 0007")).toEqual(["bot 0007"]);
  expect(await names("bot 003")).toEqual(["bot 0030"]);
  expect((await find("bot 00")).hasMore).toBe(true);
  expect(await find("bot 002")).toMatchObject({ hasMore: false });
  expect((await find("bot 002")).bots).toHaveLength(10);
});

it("nothing is taken for a pattern, and archived or foreign bots are not offered", async () => {
  for (const text of ["%", "_", "'; DROP TABLE bots; --"]) expect((await find(text)).bots).toEqual([]);
  expect(await find("bot", runtime.newId())).toEqual({ bots: [], hasMore: false });
  await runtime.db.bot.updateMany({
    where: { name: "bot 0001" },
    data: { status: "archived", nextDue: null, archivedAt: new Date() },
  });
  expect(await names("bot 0001")).toEqual([]);
});
