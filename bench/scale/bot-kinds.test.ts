import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { botKinds, countBots, type BotGroup } from "./bot-kinds";

const kinds = botKinds(["BTC/USDT", "SOL/USDT"]);

const ofGroup = (counts: readonly number[], group: BotGroup): number =>
  kinds.reduce((sum, kind, index) => sum + (kind.group === group ? (counts[index] ?? 0) : 0), 0);

describe("the kinds of bots", () => {
  it("are of ten settings, two modes and several sets of pairs", () => {
    const settings = kinds.map(({ group, settings: { pairs: _pairs, ...rest } }) => JSON.stringify({ group, rest }));
    expect(new Set(settings).size).toBe(10);
    expect(new Set(kinds.map(({ settings: { mode } }) => mode)).size).toBe(2);
    expect(new Set(kinds.map(({ settings: { pairs } }) => pairs.join())).size).toBeGreaterThan(4);
  });

  it("share all bots: exactly so many enter and hold, and kinds of a group are alike", () => {
    const shares = fc.record({
      bots: fc.integer({ min: 1, max: 20_000 }),
      entering: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
    });
    fc.assert(
      fc.property(shares, ({ bots, entering }) => {
        const counts = countBots(kinds, { bots, entering, holding: (1 - entering) / 2 });
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(bots);
        expect(ofGroup(counts, "entering")).toBe(Math.round(bots * entering));
        for (const group of ["entering", "holding", "quiet"] as const) {
          const own = counts.filter((_, index) => kinds[index]?.group === group);
          expect(Math.max(...own) - Math.min(...own)).toBeLessThan(2);
        }
      }),
    );
  });
});
