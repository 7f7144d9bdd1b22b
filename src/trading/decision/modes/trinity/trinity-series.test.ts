import fc from "fast-check";
import { expect, it } from "vitest";
import type { Candle } from "../../../market/candle";
import { lastCandles } from "../../../market/candle-range";
import { oddMarkets } from "../../../market/indicators/contract/odd-markets";
import { timeframeMs, type Timeframe } from "../../../market/timeframe";
import { analyseTrinity, analyseTrinitySeries, analyseTrinitySignals } from "./analyse-trinity";
import type { TrinityAnalysis } from "./trinity-analysis";
import { readTrinityMarket } from "./trinity-input";
import { TRINITY_CONFIRM_WINDOW, TRINITY_WINDOW } from "./trinity-warm-up";
import { readByIndicators } from "./contract/read-by-indicators";

const HOUR_MS = 3_600_000;
const NOTHING_READ = { candle: null, scores: null, evidence: [], readings: { candles: 0, last: null } };
const settings = { timeframe: "1h", confirmTimeframe: "4h" } as const;

/** The candles that a decision at a time fetches. */
const fetched = (candles: readonly Candle[], timeframe: Timeframe, at: { count: number; time: number }) => {
  const { from, closedBy } = lastCandles({ timeframe, count: at.count, closedBy: at.time });
  return candles.filter(({ openTime }) => openTime >= from && openTime + timeframeMs(timeframe) <= closedBy);
};

const cases = fc.record({
  candles: oddMarkets("1h", { min: 0, max: 700 }),
  confirmCandles: oddMarkets("4h", { min: 0, max: 170 }),
  hours: fc.uniqueArray(fc.integer({ min: -2, max: 720 }), { minLength: 8, maxLength: 8 }),
});

it("a series is at each time, to the last bit, what the indicators say that are fed the candles of a decision then", () => {
  let known = 0;
  fc.assert(
    fc.property(cases, ({ candles, confirmCandles, hours }) => {
      const start = candles[0]?.openTime ?? 0;
      const times = hours.toSorted((a, b) => a - b).map((hour) => start + hour * HOUR_MS);
      const analysisAt = analyseTrinitySeries({ settings, times, series: [candles, confirmCandles] });
      times.forEach((time, index) => {
        const series = [
          fetched(candles, "1h", { count: TRINITY_WINDOW, time }),
          fetched(confirmCandles, "4h", { count: TRINITY_CONFIRM_WINDOW, time }),
        ];
        const market = readTrinityMarket({ settings, time, series });
        const signals = readByIndicators(market.candles, market.confirmCandles);
        const { candle, scores, evidence, readings, triggers }: TrinityAnalysis = analysisAt.at(index);
        const single = analyseTrinity({ settings, time, series });
        expect({ candle, scores, evidence, readings }).toStrictEqual(single);
        expect(single).toStrictEqual(signals ? analyseTrinitySignals(signals, market.candles.length) : NOTHING_READ);
        for (const side of ["long", "short"] as const) {
          const entries = evidence.filter((line) => line.side === side && line.category === "entry");
          expect(triggers?.[side] ?? false).toBe(entries.some(({ met }) => met === true));
        }
        if (evidence.every(({ met }) => met !== null)) known += 1;
      });
    }),
    { numRuns: 80 },
  );
  expect(known).toBeGreaterThan(10);
});
