import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { withRetries } from "./with-retries";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How often work that always fails with this error is tried, and how long that takes. */
const tryOut = async (failure: Error) => {
  const work = vi.fn<() => Promise<never>>(() => Promise.reject(failure));
  const begun = Date.now();
  const outcome = withRetries(work).catch((thrown: unknown) => thrown);
  await vi.runAllTimersAsync();
  expect(await outcome).toBe(failure);
  return { tries: work.mock.calls.length, seconds: Math.floor((Date.now() - begun) / 1000) };
};
const withCode = (code: string): Error => Object.assign(new Error("it failed"), { code });

it.each([
  withCode("57P01"),
  withCode("08006"),
  withCode("ECONNRESET"),
  withCode("EPIPE"),
  new Error("Connection terminated unexpectedly"),
])("%o, a lost connection, is tried again for 25 seconds", async (error) => {
  expect(await tryOut(error)).toEqual({ tries: 10, seconds: 25 });
});

it.each([withCode("23505"), withCode("40001"), new Error("it failed")])("%o is thrown at once", async (error) => {
  expect(await tryOut(error)).toEqual({ tries: 1, seconds: 0 });
});
