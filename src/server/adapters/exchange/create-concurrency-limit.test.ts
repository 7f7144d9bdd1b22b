import { describe, expect, it } from "vitest";

import { createConcurrencyLimit } from "./create-concurrency-limit";

describe("createConcurrencyLimit", () => {
  it("runs no more than the given number at once, in order, and frees the place of one that fails", async () => {
    const limited = createConcurrencyLimit(2);
    const started: number[] = [];
    let active = 0;
    let activeMax = 0;
    const task = (index: number) => async (): Promise<number> => {
      started.push(index);
      active += 1;
      activeMax = Math.max(activeMax, active);
      await Promise.resolve();
      active -= 1;
      if (index === 1) throw new Error("failed");
      return index;
    };
    const outcomes = await Promise.allSettled([0, 1, 2, 3, 4].map((index) => limited(task(index))));
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
      "fulfilled",
    ]);
    expect(started).toEqual([0, 1, 2, 3, 4]);
    expect(activeMax).toBe(2);
    expect(await limited(task(5))).toBe(5);
  });
});
