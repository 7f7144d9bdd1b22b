import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCallCounter } from "./create-call-counter";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Kind = Parameters<ReturnType<typeof createCallCounter>["count"]>[1];

const countMany = async (counter: ReturnType<typeof createCallCounter>, times: number, kind: Kind) => {
  const waits: number[] = [];
  for (let n = 0; n < times; n++) waits.push(await counter.count("user", kind));
  return waits;
};

describe("calls of a user", () => {
  it("beyond the limit are told how long to wait, and count anew after that", async () => {
    const counter = createCallCounter({ reads: 3 });
    expect(await countMany(counter, 3, "query")).toEqual([0, 0, 0]);
    vi.advanceTimersByTime(4000);
    expect(await countMany(counter, 2, "query")).toEqual([6, 6]);
    vi.advanceTimersByTime(6000);
    expect(await counter.count("user", "query")).toBe(0);
  });

  it("are never told to wait no time, however little of it is left", async () => {
    const counter = createCallCounter({ reads: 1 });
    await counter.count("user", "query");
    vi.advanceTimersByTime(9999);
    expect(await counter.count("user", "query")).toBe(1);
  });

  it("take nothing from another user's, and one kind nothing from the others", async () => {
    const counter = createCallCounter({ reads: 2, changes: 1 });
    await countMany(counter, 3, "query");
    expect(await counter.count("user", "subscription")).toBe(0);
    expect(await counter.count("other", "query")).toBe(0);
    expect(await countMany(counter, 2, "mutation")).toEqual([0, 10]);
  });

  it("open at most 15 streams in 10 seconds", async () => {
    const counter = createCallCounter();
    const waits = await countMany(counter, 500, "subscription");
    expect(waits.filter((wait) => wait === 0)).toHaveLength(15);
    expect(waits.at(-1)).toBe(10);
  });

  it("meet the limit of changes long before that of reads, which five pages at full speed stay far below", async () => {
    const counter = createCallCounter();
    expect((await countMany(counter, 20, "mutation")).every((wait) => wait === 0)).toBe(true);
    expect(await counter.count("user", "mutation")).toBeGreaterThan(0);
    expect((await countMany(counter, 2000, "query")).every((wait) => wait === 0)).toBe(true);
    expect(await counter.count("user", "query")).toBeGreaterThan(0);
  });
});
