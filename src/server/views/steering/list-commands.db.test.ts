import { beforeAll, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import type { Runtime } from "../../runtime";
import { createBooksFixture, type BooksFixture } from "../../testing/books-fixture";
import { listCommands } from "./list-commands";

const COMMANDS = 25;
const AT = Date.UTC(2026, 0, 1);

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  fixture = await createBooksFixture(runtime);
  const { userId: actorId, botId, addBot } = fixture;
  const other = await addBot();
  const refused = { kind: "pause" as const, details: {}, state: "refused" as const, reason: "it is paused already" };
  // Three at each instant: a page ends among them.
  const told = (at: number) => ({
    ...refused,
    id: runtime.newId(),
    actorId,
    askedAt: new Date(at),
    endedAt: new Date(at),
  });
  const rows = Array.from({ length: COMMANDS }, (_, n) => ({ ...told(AT + Math.floor(n / 3) * 1000), botId }));
  await runtime.db.command.createMany({ data: [...rows, { ...told(AT), botId: other }] });
});

const of = () => ({ userId: fixture.userId, botId: fixture.botId });

it("every command to a bot is on one of its pages, newest first, and the same on the way back", async () => {
  const read = (cursor: string | null) => listCommands(runtime, of(), { limit: 10, cursor });
  const first = await read(null);
  const second = await read(first.nextCursor);
  const third = await read(second.nextCursor);
  const all = [first, second, third].flatMap(({ items }) => items);
  expect([all.length, new Set(all.map(({ id }) => id)).size, third.nextCursor]).toEqual([COMMANDS, COMMANDS, null]);
  const times = all.map(({ askedAt }) => askedAt.getTime());
  expect(times).toEqual(times.toSorted((one, other) => other - one));
  expect(all.every(({ botId }) => botId === fixture.botId)).toBe(true);
  expect((await read(third.previousCursor)).items).toEqual(second.items);
  expect((await read(second.previousCursor)).items).toEqual(first.items);
});

it("another user's commands look like none, and a cursor of another list is refused", async () => {
  const stranger = listCommands(runtime, { ...of(), userId: runtime.newId() }, { limit: 10 });
  await expect(stranger).rejects.toMatchObject({ code: "not-found" });
  const strange = listCommands(runtime, of(), { limit: 10, cursor: "W10" });
  await expect(strange).rejects.toMatchObject({ code: "invalid" });
});
