import fc from "fast-check";
import { expect, it } from "vitest";
import { phaseDelayMs } from "./phase-delay";

it("never delays a run by more than 30 s or a quarter of its interval", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 60, max: 86_400 }), (botId, seconds) => {
      const delay = phaseDelayMs(botId, seconds * 1000);
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThan(Math.min(30_000, seconds * 250));
      expect(phaseDelayMs(botId, seconds * 1000)).toBe(delay);
    }),
  );
});

it("spreads bots evenly over the time there is", () => {
  const ids = Array.from({ length: 1000 }, (_, n) => `0190a0b0-0000-7000-8000-${String(n).padStart(12, "0")}`);
  const tenths = ids.map((id) => Math.floor(phaseDelayMs(id, 300_000) / 3000));
  for (let tenth = 0; tenth < 10; tenth++) {
    expect(tenths.filter((value) => value === tenth).length).toBeGreaterThan(70);
  }
});
