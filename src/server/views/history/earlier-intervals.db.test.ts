import { expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS } from "../../testing/books-fixture";
import { loadEarlierIntervals } from "./earlier-intervals";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));

it("a version that a later one came before was never in force: its predecessor's interval ends where the later one's began", async () => {
  const { botId, userId } = await createBooksFixture(runtime);
  const first = await runtime.db.botSettings.findFirstOrThrow({ where: { botId } });
  const write = (version: number, intervalSeconds: number, hour: number) =>
    runtime.db.botSettings.create({
      data: {
        botId,
        version,
        authorId: userId,
        settings: { ...(first.settings as object), intervalSeconds },
        inForceFrom: new Date(FIRST_SLOT + hour * HOUR_MS),
      },
    });
  await write(2, 7200, 4);
  await write(3, 1800, 1);
  const bots = [{ id: botId, settingsVersion: 3 }];
  const intervals = (await loadEarlierIntervals(runtime.db, { userId, bots }))(botId);
  const since = (FIRST_SLOT + HOUR_MS) / 1000;
  expect(intervals.map(({ until }) => until)).toEqual([since, since]);
  const stranger = { userId: runtime.newId(), bots };
  expect((await loadEarlierIntervals(runtime.db, stranger))(botId)).toEqual([]);
});
