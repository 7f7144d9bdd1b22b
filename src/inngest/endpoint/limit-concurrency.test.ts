import fc from "fast-check";
import { expect, it } from "vitest";
import { limitConcurrency } from "./limit-concurrency";

it("never runs more than the limit at a time, and runs all in their order, whichever fail", async () => {
  const plan = fc.array(fc.record({ turns: fc.nat(5), fails: fc.boolean() }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), plan, async (limit, calls) => {
      const begun: number[] = [];
      let [running, most] = [0, 0];
      const limited = limitConcurrency(limit, async (index: number) => {
        begun.push(index);
        running += 1;
        most = Math.max(most, running);
        for (let turn = 0; turn < (calls[index]?.turns ?? 0); turn++) await Promise.resolve();
        running -= 1;
        if (calls[index]?.fails) throw new Error("it failed");
        return index;
      });
      const outcomes = await Promise.allSettled(calls.map((_, index) => limited(index)));
      expect(outcomes.map(({ status }) => status === "rejected")).toEqual(calls.map(({ fails }) => fails));
      expect(begun).toEqual(calls.map((_, index) => index));
      expect(most).toBeLessThanOrEqual(limit);
    }),
  );
});
