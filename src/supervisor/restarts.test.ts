import { expect, it } from "vitest";
import { createRestarts } from "./restarts";

it("waits twice as long each time, gives up after five, and forgives who was well for a minute", () => {
  let now = 0;
  const restarts = createRestarts(() => now);
  const waits = Array.from({ length: 6 }, () => restarts.next());
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, null]);
  now += 8000 + 60_000;
  expect(restarts.next()).toBe(500);
});
