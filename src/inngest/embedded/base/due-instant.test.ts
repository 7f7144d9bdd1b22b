import { describe, expect, it } from "vitest";
import { retryAfterAt, sleepEndsAt } from "./due-instant";
import { createInngestBackoff } from "./retry-backoff";

const NOW = Date.UTC(2022, 4, 1);

describe("sleepEndsAt", () => {
  it("adds the units the SDK sends", () => {
    expect(sleepEndsAt("1m30s", NOW)).toBe(NOW + 90_000);
    expect(sleepEndsAt("52w2d", NOW)).toBe(NOW + 366 * 86_400_000);
    expect(sleepEndsAt("2h", NOW)).toBe(NOW + 7_200_000);
    expect(sleepEndsAt("", NOW)).toBe(NOW);
  });
  it("takes a date as it stands, also one in the past", () => {
    expect(sleepEndsAt("2022-05-02T00:00:00.000Z", NOW)).toBe(NOW + 86_400_000);
    expect(sleepEndsAt("2020-01-01T00:00:00.000Z", NOW)).toBeLessThan(NOW);
  });
  it("refuses what is neither", () => expect(() => sleepEndsAt("soon", NOW)).toThrow(/Neither/));
});

describe("retryAfterAt", () => {
  it("takes seconds or a date, and never runs back", () => {
    expect(retryAfterAt("30", NOW)).toBe(NOW + 30_000);
    expect(retryAfterAt("2022-05-01T00:01:00.000Z", NOW)).toBe(NOW + 60_000);
    expect(retryAfterAt("2020-01-01T00:00:00.000Z", NOW)).toBe(NOW);
  });
});

it("the backoff follows Inngest's table, with 0 to 30 s of jitter, and stays at its last wait", () => {
  const exact = createInngestBackoff(() => 0);
  const seconds = Array.from({ length: 12 }, (_, attempt) => exact(attempt) / 1000);
  expect(seconds).toEqual([15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200, 7200, 7200]);
  const most = createInngestBackoff(() => 0.999_999);
  expect(most(0)).toBeGreaterThan(44_900);
  expect(most(0)).toBeLessThan(45_000);
});
