import { expect, it } from "vitest";
import { addFailedLook, databaseAwaySince, type FailedLooks } from "./failed-looks";

/** When looks begin, in seconds; one that failed has an x. The last one tells. */
const awayAt = (looks: string): number | null => {
  let failed: FailedLooks = null;
  let away: Date | null = null;
  for (const look of looks.split(" ")) {
    const begunAt = new Date(Number.parseInt(look) * 1000);
    away = databaseAwaySince(failed, begunAt);
    failed = look.endsWith("x") ? addFailedLook(failed, begunAt) : null;
  }
  return away && away.getTime() / 1000;
};

it.each<[string, string, number | null]>([
  ["looks that succeed", "0 3 6 9 12", null],
  ["a sleep between two looks that succeed", "0 3 3603", null],
  ["a sleep in the middle of a look, which fails by it", "0 3x 3603", null],
  ["a hiccup", "0 3x 6x 9x 12", null],
  ["an outage, since the first look that failed", "0 3x 6x 9x 12x 15", 3],
  ["an outage of a database that hangs", "0 3x 11x 19", 3],
  ["two hiccups", "0 3x 6x 9 12x 15x 18", null],
])("of %s the database was away as long as looks failed", (_case, looks, since) => {
  expect(awayAt(looks)).toBe(since);
});
