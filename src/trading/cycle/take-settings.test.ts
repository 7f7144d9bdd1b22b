import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { takeSettings } from "./take-settings";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const hourly = { now: 10 * HOUR + 2 * MINUTE, nextDue: 11 * HOUR, lastSlot: 10 * HOUR, intervalMs: HOUR };

describe("new settings", () => {
  it("of the same interval are in force at the next slot, which stays where it is", () => {
    expect(takeSettings(hourly, HOUR)).toEqual({ inForceFrom: 11 * HOUR, nextDue: 11 * HOUR });
  });

  it("of a shorter interval do not wait for a slot of the longer one", () => {
    expect(takeSettings(hourly, 5 * MINUTE)).toEqual({ inForceFrom: hourly.now + 1, nextDue: 10 * HOUR + 5 * MINUTE });
  });

  it("of a longer interval leave out the slots that it does not have", () => {
    expect(takeSettings(hourly, 6 * HOUR)).toEqual({ inForceFrom: hourly.now + 1, nextDue: 12 * HOUR });
  });

  it("take over slots that are overdue", () => {
    const late = { ...hourly, now: 13 * HOUR };
    expect(takeSettings(late, 2 * HOUR)).toEqual({ inForceFrom: 11 * HOUR, nextDue: 12 * HOUR });
  });

  it("never bring a bot that did not run before its start", () => {
    expect(takeSettings({ ...hourly, lastSlot: null }, 5 * MINUTE)).toEqual({
      inForceFrom: 11 * HOUR,
      nextDue: 11 * HOUR,
    });
  });

  it("never bring back a slot that has a row, nor one from before they are in force", () => {
    const minutes = fc.integer({ min: 1, max: 1440 });
    fc.assert(
      fc.property(minutes, minutes, fc.nat(1000), fc.nat(100 * HOUR), (one, other, slots, after) => {
        const intervalMs = one * MINUTE;
        const lastSlot = slots * intervalMs;
        const now = lastSlot + after;
        const taken = takeSettings({ now, nextDue: lastSlot + intervalMs, lastSlot, intervalMs }, other * MINUTE);
        expect(taken.inForceFrom).toBeGreaterThan(lastSlot);
        expect(taken.nextDue).toBeGreaterThanOrEqual(taken.inForceFrom);
        expect(taken.nextDue % (other * MINUTE)).toBe(0);
      }),
    );
  });
});
