import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { resolveHost } from "./resolve-host";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("knows every address of a host, and none of one that nobody has", async () => {
  const both = [{ address: "93.184.216.34" }, { address: "10.0.0.7" }];
  expect(await resolveHost("llm.example.org", () => Promise.resolve(both))).toEqual(["93.184.216.34", "10.0.0.7"]);
  expect(await resolveHost("gone.example.org", () => Promise.reject(new Error("ENOTFOUND")))).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

it("takes a host for unknown whose name nobody tells in time", async () => {
  const found = resolveHost("slow.example.org", () => new Promise(() => undefined));
  await vi.advanceTimersByTimeAsync(5000);
  expect(await found).toEqual([]);
});
