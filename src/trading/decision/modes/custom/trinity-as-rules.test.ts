import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregateCandles } from "../../../market/aggregate-candles";
import type { Candle } from "../../../market/candle";
import { isRecorded, oracleMarkets } from "../../../market/indicators/contract/oracle-markets";
import { createSyntheticCandles } from "../../../market/synthetic-candles";
import type { HeldPosition } from "../../basis/decision-mode";
import { decisionTimeframes } from "../../decide";
import { trinityAsRules, type TrinityPreset } from "./testing/trinity-as-rules";
import { botOf, decideAlike, HOUR_MS, marketsWithPosition, type Twins } from "./contract/twin-bots";

const PRESETS = ["default", "original"] as const satisfies readonly TrinityPreset[];
const twinsOf = (preset: TrinityPreset): Twins => ({
  own: botOf("trinity", { preset }),
  rules: botOf("custom", trinityAsRules(preset)),
});
const TWINS = { default: twinsOf("default"), original: twinsOf("original") };

/** The second timeframe as a venue has it: whole, or without its newest candle. */
const seriesOf = (candles: readonly Candle[], isLate = false) => {
  const slower = aggregateCandles(candles, { from: "1h", to: "4h" });
  return [candles, isLate ? slower.slice(0, -1) : slower];
};

/** Trades a market candle by candle, and tells what was done. */
const tradeAlike = (twins: Twins, candles: readonly Candle[], from: number): string[] => {
  const seen = new Set<string>();
  let position: HeldPosition | null = null;
  for (let count = from; count <= candles.length; count += 1) {
    const known = candles.slice(0, count);
    const time = (known.at(-1)?.openTime ?? 0) + HOUR_MS;
    const decision = decideAlike(twins, { time, series: seriesOf(known) }, position);
    const { action, side, entryPrice, reason } = decision;
    seen.add(`${action} ${side ?? reason.code}`);
    if (action === "close") position = null;
    if (action === "open" && side && entryPrice) position = { side, openedAt: time, entryPrice, partsTaken: [] };
  }
  return [...seen];
};

describe("Trinity's rules as data", () => {
  it("read as many candles as Trinity does", () => {
    for (const { own, rules } of Object.values(TWINS)) {
      expect(decisionTimeframes(rules)).toEqual(decisionTimeframes(own));
    }
  });

  it("decide what Trinity decides in any market, with any position, to the last bit", () => {
    const cases = fc.record({
      market: marketsWithPosition,
      preset: fc.constantFrom(...PRESETS),
      isLate: fc.boolean(),
      lateHours: fc.constantFrom(0, 0, 1, 3),
    });
    fc.assert(
      fc.property(cases, ({ market: { candles, position }, preset, isLate, lateHours }) => {
        const time = (candles.at(-1)?.openTime ?? 0) + (1 + lateHours) * HOUR_MS;
        decideAlike(TWINS[preset], { time, series: seriesOf(candles, isLate) }, position);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ["default", 1],
    ["original", 2],
  ] as const)("trade as Trinity does, candle by candle through an outage, preset %s", (preset, seed) => {
    const market = createSyntheticCandles({ seed, count: 640, volatility: 0.008 });
    const candles = market.filter((_, index) => index < 410 || index > 424);
    const seen = tradeAlike(TWINS[preset], candles, 195);
    const all = ["open long", "open short", "close long", "close short", "hold position-open", "hold warming-up"];
    expect(seen).toEqual(expect.arrayContaining(all));
  });

  it.skipIf(!isRecorded)(
    "trade as Trinity does on recorded candles (skipped where ../shared/candles is absent)",
    () => {
      const recorded = oracleMarkets.at(-1)?.candles ?? [];
      const seen = tradeAlike(TWINS.original, aggregateCandles(recorded, { from: "5m", to: "1h" }), 199);
      expect(seen.some((deed) => deed.startsWith("open"))).toBe(true);
    },
  );
});
