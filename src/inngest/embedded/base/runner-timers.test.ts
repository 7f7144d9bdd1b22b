import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startTimers } from "./runner-timers";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("a task that still runs is not started again, and one that failed is, after saying why", async () => {
  const ends: ((error?: Error) => void)[] = [];
  const task = () =>
    new Promise<void>((resolve, reject) => void ends.push((error) => (error ? reject(error) : resolve())));
  const errors: unknown[] = [];
  const timers = startTimers([{ everyMs: 100, task }], (error) => void errors.push(error));
  await vi.advanceTimersByTimeAsync(350);
  expect(ends).toHaveLength(1);
  ends[0]?.(new Error("it failed"));
  await vi.advanceTimersByTimeAsync(100);
  expect([ends.length, errors]).toEqual([2, [new Error("it failed")]]);
  ends[1]?.();
  timers.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(ends).toHaveLength(2);
});
