import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSyntheticCandles } from "../../../market/synthetic-candles";
import type { HeldPosition } from "../../basis/decision-mode";
import { decisionTimeframes } from "../../decide";
import { indicatorAsRules } from "./testing/indicator-as-rules";
import { botOf, decideAlike, HOUR_MS, marketsWithPosition } from "./contract/twin-bots";

describe("the indicator mode's rules as data", () => {
  const twins = { own: botOf("indicator", {}), rules: botOf("custom", indicatorAsRules()) };

  it("decide what that mode decides in any market, with any position, to the last bit", () => {
    expect(decisionTimeframes(twins.rules)).toEqual(decisionTimeframes(twins.own));
    fc.assert(
      fc.property(marketsWithPosition, fc.constantFrom(0, 1), ({ candles, position }, lateHours) => {
        // With a position, rules tell of the warm-up where that mode tells of the position: both hold.
        fc.pre(position === null || candles.length >= 400);
        const time = (candles.at(-1)?.openTime ?? 0) + (1 + lateHours) * HOUR_MS;
        decideAlike(twins, { time, series: [candles] }, position);
      }),
      { numRuns: 300 },
    );
  });

  it("trade as that mode does, candle by candle, and close a part once", () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 4; seed += 1) {
      const candles = createSyntheticCandles({ seed, count: 700, volatility: 0.01 });
      let position: HeldPosition | null = null;
      for (let count = 195; count <= candles.length; count += 1) {
        const time = (candles[count - 1]?.openTime ?? 0) + HOUR_MS;
        const decision = decideAlike(twins, { time, series: [candles.slice(0, count)] }, position);
        const { action, side, entryPrice, reason } = decision;
        seen.add(`${action} ${side ?? reason.code}`);
        if (action === "open" && side && entryPrice) position = { side, openedAt: time, entryPrice, partsTaken: [] };
        if (action === "close" && position) position = { ...position, partsTaken: [reason.code] };
        if (position && time - position.openedAt >= 24 * HOUR_MS) position = null;
      }
    }
    const all = ["open long", "open short", "close long", "hold position-open", "hold no-setup"];
    expect([...seen]).toEqual(expect.arrayContaining(all));
  });
});
