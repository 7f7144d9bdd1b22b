import { beforeAll, expect, it } from "vitest";
import { openBed } from "../../scripts/testing/open-bed";
import { planCycles } from "~/server/testing/plan-cycles";
import type { Runtime } from "~/server/runtime";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "~/server/testing/books-fixture";
import { announceLostCycles, noneWaiting } from "./announce-cycles";
import { createInngestClient } from "./client";

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed), { poolMax: 2 });
beforeAll(async () => {
  fixture = await createBooksFixture(runtime);
});

type Sent = { readonly id: string; readonly ts: number; readonly data: { readonly cycleId: string } };

/** A client that only records its events, and the events that it sent. */
const listen = () => {
  const sent: Sent[] = [];
  const record: typeof fetch = (_input, init) => {
    sent.push(...(JSON.parse(typeof init?.body === "string" ? init.body : "[]") as Sent[]));
    return Promise.resolve(Response.json({ ids: [], status: 200 }));
  };
  return { sent, client: createInngestClient({ kind: "embedded", fetch: record }) };
};

it("a lost hint is sent again, under an id that is another one each minute and no sooner", async () => {
  const { sent, client } = listen();
  const lookAt = (time: number): Promise<number> => {
    fixture.setTime(time);
    return announceLostCycles(fixture.ports, { client, findWaiting: noneWaiting });
  };
  fixture.setTime(FIRST_SLOT);
  const [planned] = await planCycles(fixture.ports);
  const looks = [0, 5000, 10_000, 15_000, 59_999, 60_000, 65_000].map((late) => FIRST_SLOT + late);
  const found: number[] = [];
  for (const time of looks) found.push(await lookAt(time));
  expect(found).toEqual([0, 0, 1, 1, 1, 1, 1]);
  expect(sent.map(({ ts }) => ts)).toEqual(looks.slice(2));
  expect(new Set(sent.map(({ data }) => data.cycleId))).toEqual(new Set([planned?.cycleId]));
  const minutes = sent.map(({ id }) => id.slice(id.indexOf(":again:")));
  expect(new Set(minutes.slice(0, 3)).size).toBe(1);
  expect(new Set(minutes).size).toBe(2);
});

it("all hints that were lost at once are sent again by one look, however many, each once", async () => {
  const { sent, client } = listen();
  const { botId, setTime, ports } = fixture;
  const second = await fixture.addBot();
  await runtime.db.cycle.deleteMany();
  // Two slots share each instant, so a page can end between them: the next page must continue there.
  const due = Array.from({ length: 401 }, (_, index) => {
    const slot = new Date(FIRST_SLOT - 60_000 * (1 + Math.floor(index / 2)));
    return { id: runtime.newId(), botId: index % 2 === 0 ? botId : second, slot };
  });
  await runtime.db.cycle.createMany({ data: due });
  setTime(FIRST_SLOT);
  expect(await announceLostCycles(ports, { client, findWaiting: noneWaiting })).toBe(due.length);
  expect(sent.map(({ data }) => data.cycleId).toSorted()).toEqual(due.map(({ id }) => id).toSorted());
});

it("of a backlog of 1,000 slots only those that no queue holds are sent again, however long it lasts", async () => {
  const { sent, client } = listen();
  const { botId, setTime, ports } = fixture;
  await runtime.db.cycle.deleteMany();
  const due = Array.from({ length: 1000 }, (_, index) => {
    return { id: runtime.newId(), botId, slot: new Date(FIRST_SLOT - 60_000 * (1 + index)) };
  });
  await runtime.db.cycle.createMany({ data: due });
  const [lost, ...queued] = due.map(({ id }) => id);
  // Nobody need look at them again: each slot has its cycle.
  await runtime.db.bot.updateMany({ data: { nextDue: new Date(FIRST_SLOT + 3_600_000) } });
  const findWaiting = () => Promise.resolve(new Set(queued));
  for (const late of [10_000, 70_000]) {
    setTime(FIRST_SLOT + late);
    expect(await announceLostCycles(ports, { client, findWaiting })).toBe(1);
  }
  expect(sent.map(({ data }) => data.cycleId)).toEqual([lost, lost]);
});
