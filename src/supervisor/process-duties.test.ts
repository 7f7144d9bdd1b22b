import { afterEach, expect, it, vi } from "vitest";
import { startBeating } from "./process-duties";

afterEach(() => {
  vi.useRealTimers();
});

it("a beat that a database holds up is followed by no second one until it ended", async () => {
  vi.useFakeTimers();
  let count = 0;
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const beats = startBeating(() => {
    count += 1;
    return held;
  });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(count).toBe(1);
  release();
  await vi.advanceTimersByTimeAsync(4000);
  expect(count).toBe(3);
  beats.stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(count).toBe(3);
});
