import { expect, it } from "vitest";
import { createCronSchedule, type CronSlot } from "./cron-schedule";

const MINUTE_MS = 60_000;
const EVERY_MINUTE = { fn: "plan", cron: "* * * * *" };
const HOURLY = { fn: "audit", cron: "1 * * * *" };

/** Fires into a list, except for the functions that `lost` names. */
const fireInto =
  (fired: string[], lost: readonly string[] = []) =>
  ({ fn, slotMs }: CronSlot): Promise<boolean> => {
    if (lost.includes(fn)) return Promise.resolve(false);
    fired.push(`${fn} ${slotMs / MINUTE_MS}`);
    return Promise.resolve(true);
  };

it("fires a slot once", async () => {
  const schedule = createCronSchedule([EVERY_MINUTE], 0);
  const fired: string[] = [];
  for (const now of [59_999, 60_000, 60_001, 119_999, 120_000]) await schedule.fireDue(now, fireInto(fired));
  expect(fired).toEqual(["plan 1", "plan 2"]);
});

it("fires a slot again that could not be fired, as while the database restarts, and no other twice", async () => {
  const schedule = createCronSchedule([HOURLY, EVERY_MINUTE], 0);
  const fired: string[] = [];
  await schedule.fireDue(MINUTE_MS, fireInto(fired, ["audit"]));
  expect(fired).toEqual(["plan 1"]);
  expect(schedule.nextAt()).toBe(MINUTE_MS);
  await schedule.fireDue(MINUTE_MS + 2000, fireInto(fired));
  expect(fired).toEqual(["plan 1", "audit 1"]);
});

it("fires only the latest slot of those that could not be fired", async () => {
  const schedule = createCronSchedule([EVERY_MINUTE], 0);
  const fired: string[] = [];
  await schedule.fireDue(MINUTE_MS, fireInto(fired, ["plan"]));
  await schedule.fireDue(3 * MINUTE_MS + 1, fireInto(fired));
  expect(fired).toEqual(["plan 3"]);
  expect(schedule.nextAt()).toBe(4 * MINUTE_MS);
});
