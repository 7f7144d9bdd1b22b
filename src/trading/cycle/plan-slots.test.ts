import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstSlotFrom, planSlots, type SlotPlan } from "./plan-slots";

const MINUTE_MS = 60_000;
const plan = (nextDue: number, now: number, horizon: number) =>
  planSlots({
    nextDue: nextDue * MINUTE_MS,
    now: now * MINUTE_MS,
    horizon: horizon * MINUTE_MS,
    intervalMs: 5 * MINUTE_MS,
  });
const minutes = ({ missed, slots, nextDue }: SlotPlan) => [
  missed ? `${missed.from / MINUTE_MS}-${missed.through / MINUTE_MS} (${missed.count})` : "none",
  slots.map((slot) => slot / MINUTE_MS).join(),
  nextDue / MINUTE_MS,
];

describe("planSlots", () => {
  it.each<[string, [number, number, number], [string, string, number]]>([
    ["plans nothing before the first slot comes near", [10, 8, 9], ["none", "", 10]],
    ["plans a slot that begins at the horizon", [10, 8.5, 10], ["none", "10", 15]],
    ["plans a slot that has just passed", [10, 12, 13.5], ["none", "10", 15]],
    ["plans several on a fast clock", [10, 12, 30], ["none", "10,15,20,25,30", 35]],
    ["leaves one missed row for one lost slot", [10, 16, 17.5], ["10-10 (1)", "15", 20]],
    ["leaves one missed row for a long downtime", [10, 1003, 1004.5], ["10-995 (198)", "1000", 1005]],
  ])("%s", (_case, [nextDue, now, horizon], expected) => {
    expect(minutes(plan(nextDue, now, horizon))).toEqual(expected);
  });

  it("accounts for every slot up to the horizon exactly once, and runs at most one that has passed", () => {
    const interval = fc.constantFrom(60_000, 300_000, 3_600_000, 86_400_000);
    fc.assert(
      fc.property(
        interval,
        fc.nat(1000),
        fc.nat(500),
        fc.nat(20),
        fc.nat(86_400_000),
        (intervalMs, start, down, ahead, offset) => {
          const nextDue = start * intervalMs;
          const now = nextDue + down * intervalMs - intervalMs + (offset % intervalMs);
          const horizon = now + ahead * intervalMs + (offset % 7919);
          const { missed, slots, nextDue: next } = planSlots({ nextDue, now, horizon, intervalMs });
          const missedSlots = Array.from(
            { length: missed?.count ?? 0 },
            (_, index) => (missed?.from ?? 0) + index * intervalMs,
          );
          const due = Array.from({ length: (next - nextDue) / intervalMs }, (_, index) => nextDue + index * intervalMs);
          expect([...missedSlots, ...slots]).toEqual(due);
          expect(next > horizon && next - intervalMs <= Math.max(horizon, nextDue - intervalMs)).toBe(true);
          expect(missed === null || missed.through === missedSlots.at(-1)).toBe(true);
          expect(slots.filter((slot) => slot + intervalMs <= now)).toEqual([]);
          expect(slots.filter((slot) => slot <= now).length).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it("gives the same slots however often the tick comes", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 240_000 }), { maxLength: 30 }), (waits) => {
        let [now, nextDue] = [300_000, 300_000];
        const planned: number[] = [];
        for (const wait of waits) {
          const next = planSlots({ nextDue, now, horizon: now + 90_000, intervalMs: 300_000 });
          expect(next.missed).toBeNull();
          planned.push(...next.slots);
          nextDue = next.nextDue;
          now += wait;
        }
        expect(planned).toEqual(planned.map((_, index) => 300_000 + index * 300_000));
      }),
    );
  });
});

it.each([
  [0, 0],
  [1, 300_000],
  [300_000, 300_000],
  [300_001, 600_000],
])("a bot that starts at %d has its first slot at %d", (time, slot) => {
  expect(firstSlotFrom(time, 300_000)).toBe(slot);
});
