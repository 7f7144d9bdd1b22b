import fc from "fast-check";
import { expect, it } from "vitest";
import { placeFlow, type FlowTimes } from "./place-flow";

const MINUTE = 60_000;
const TIMES: FlowTimes = {
  now: 10 * MINUTE,
  lastPointAt: 5 * MINUTE,
  postedThrough: 5 * MINUTE,
  slots: [],
  settledThrough: [],
  candleMs: 5 * MINUTE,
};

it.each<[string, Partial<FlowTimes>, number | null]>([
  ["just before now", {}, 10 * MINUTE - 1],
  ["before a slot that is marked late", { slots: [8 * MINUTE, 13 * MINUTE] }, 5 * MINUTE + 1],
  ["before the candle that positions are settled with next", { settledThrough: [MINUTE, 5 * MINUTE] }, 5 * MINUTE + 1],
  ["after what was just marked", { lastPointAt: 10 * MINUTE }, 10 * MINUTE + 1],
  ["after what was just posted", { postedThrough: 10 * MINUTE }, 10 * MINUTE + 1],
  ["after another flow of the same moment", { lastPointAt: 10 * MINUTE - 1 }, 10 * MINUTE],
  [
    "before the first whole candle after an entry between two",
    { lastPointAt: 0, postedThrough: 7 * MINUTE, settledThrough: [2 * MINUTE] },
    7 * MINUTE + 1,
  ],
  ["nowhere, where the next slot comes at once", { lastPointAt: 10 * MINUTE - 1, slots: [10 * MINUTE] }, null],
  [
    "nowhere, where a candle of an earlier time is still to come",
    { postedThrough: 7 * MINUTE, settledThrough: [0] },
    null,
  ],
])("a flow is in the books %s", (_case, changed, at) => {
  expect(placeFlow({ ...TIMES, ...changed })).toBe(at);
});

it("never stands before what is booked, nor after what is still to come", () => {
  const time = fc.integer({ min: 0, max: 1000 });
  const times = fc.record({
    now: time,
    lastPointAt: time,
    postedThrough: time,
    slots: fc.array(time),
    settledThrough: fc.array(time),
    candleMs: fc.integer({ min: 1, max: 100 }),
  });
  fc.assert(
    fc.property(times, (asked) => {
      const at = placeFlow(asked);
      const next = Math.min(
        ...asked.slots,
        ...asked.settledThrough.map((settled) => (Math.ceil(settled / asked.candleMs) + 1) * asked.candleMs),
      );
      const after = Math.max(asked.lastPointAt, asked.postedThrough);
      // Where it stands nowhere, there is no time between.
      expect(at === null ? after + 1 >= next : after < at && at < next).toBe(true);
    }),
  );
});
