import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { LiveMessage } from "~/contracts/live-event";
import { createRefresher } from "./create-refresher";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const RESYNC: LiveMessage = { kind: "resync" };

it("reads once for a burst, never twice at a time, and once more for what came while it read", async () => {
  let rounds = 0;
  let finish: () => void = () => undefined;
  const refresh = (): Promise<void> => {
    rounds += 1;
    return new Promise((resolve) => {
      finish = resolve;
    });
  };
  const refresher = createRefresher(refresh, () => true);
  for (let n = 0; n < 20; n++) refresher.note(RESYNC);
  await vi.runAllTimersAsync();
  expect(rounds).toBe(1);
  for (let n = 0; n < 20; n++) refresher.note(RESYNC);
  await vi.runAllTimersAsync();
  expect(rounds).toBe(1);
  finish();
  await vi.runAllTimersAsync();
  expect(rounds).toBe(2);
  finish();
  await vi.runAllTimersAsync();
  expect(rounds).toBe(2);
});

it("goes on after a reading that failed", async () => {
  let rounds = 0;
  const refresher = createRefresher(
    () => {
      rounds += 1;
      return Promise.reject(new Error("offline"));
    },
    () => true,
  );
  refresher.note(RESYNC);
  await vi.runAllTimersAsync();
  refresher.note(RESYNC);
  await vi.runAllTimersAsync();
  expect(rounds).toBe(2);
});
