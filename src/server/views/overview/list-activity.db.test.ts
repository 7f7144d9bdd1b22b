import { beforeAll, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import type { ActivityItem } from "~/contracts/overview-view";
import type { Runtime } from "../../runtime";
import { createBooksFixture, type BooksFixture } from "../../testing/books-fixture";
import { wishToEnter } from "../../testing/cycle-fixture";
import { PERMISSIVE, runHours } from "../../testing/run-hours";
import { listActivity } from "./list-activity";

const LIMIT = 40;

let runtime: Runtime;
let fixture: BooksFixture;
let activity: readonly ActivityItem[];
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  fixture = await createBooksFixture(runtime, { seed: 3, settings: { risk: PERMISSIVE } });
  await runHours(fixture, { hours: 24, wish: wishToEnter(fixture) });
  activity = await listActivity(fixture.ports, { userId: fixture.userId }, LIMIT);
});

/** All that happened to the one bot and pair, in the order of its recording; equal refusals in a row as one. */
const thingsOf = async () => {
  const [positions, trades, verdicts] = await Promise.all([
    runtime.db.position.findMany(),
    runtime.db.trade.findMany(),
    runtime.db.verdict.findMany({ where: { outcome: "rejected" } }),
  ]);
  const things = [
    ...positions.map(({ createdAt }) => ({ kind: "trade-opened", rule: null, createdAt })),
    ...trades.map(({ createdAt }) => ({ kind: "trade-closed", rule: null, createdAt })),
    ...verdicts.map(({ rule, createdAt }) => ({ kind: "refused", rule, createdAt })),
  ].toSorted((first, second) => first.createdAt.getTime() - second.createdAt.getTime());
  const runs: { kind: string; times: number; since: Date; last: Date; rule: string | null }[] = [];
  for (const { kind, rule, createdAt } of things) {
    const run = runs.at(-1);
    if (kind === "refused" && run?.kind === kind && run.rule === rule) {
      Object.assign(run, { times: run.times + 1, last: createdAt });
    } else runs.push({ kind, times: 1, since: createdAt, last: createdAt, rule });
  }
  return runs;
};

it("tells equal refusals in a row as one thing, so that they push no trade out", async () => {
  const told = activity.map(({ kind, repeated }) => [kind, repeated]);
  const runs = await thingsOf();
  const expected = runs.map(({ kind, times, since }) => [kind, times > 1 ? { times, since } : null]);
  expect(told).toEqual(expected.toReversed().slice(0, LIMIT));
  expect(runs.some(({ times }) => times > 2)).toBe(true);
  const [newest] = runs.filter(({ kind, times }) => kind === "refused" && times > 1).toReversed();
  expect(activity.find(({ repeated }) => repeated !== null)?.at).toEqual(newest?.last);
  // A thing has the same id however few things are asked for.
  const few = await listActivity(fixture.ports, { userId: fixture.userId }, 4);
  expect(few.map(({ id }) => id)).toEqual(activity.slice(0, 4).map(({ id }) => id));
});
