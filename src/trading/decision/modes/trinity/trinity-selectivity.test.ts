import { expect, it } from "vitest";
import { aggregateCandles } from "../../../market/aggregate-candles";
import { candleCloseTime } from "../../../market/candle";
import { createSyntheticCandles } from "../../../market/synthetic-candles";
import { analyseTrinity } from "./analyse-trinity";
import { decideTrinity } from "./decide-trinity";
import { trinitySettingsSchema } from "./trinity-settings";

const SEEDS = 250;
/** This many hours, so that 120 candles of 4h have closed before the first decision. */
const CANDLES_BEFORE = 480;
const ENTRY_SHARE_MAX = 0.05;

/** Standard deviations of an hour's return: from a quiet market to a crash. */
const VOLATILITIES = [0.003, 0.006, 0.012, 0.025];
const DECISIONS_PER_SEED = 4;

/** The share of closed candles on which a bot without a position would enter, over 250 markets of their own. */
const entryShareAt = (volatility: number): number => {
  const settings = trinitySettingsSchema.parse({});
  const first = VOLATILITIES.indexOf(volatility) * SEEDS + 1;
  let entries = 0;
  for (let seed = first; seed < first + SEEDS; seed += 1) {
    const candles = createSyntheticCandles({ seed, count: CANDLES_BEFORE + DECISIONS_PER_SEED, volatility });
    const confirmCandles = aggregateCandles(candles, { from: "1h", to: "4h" });
    for (const candle of candles.slice(CANDLES_BEFORE)) {
      const time = candleCloseTime(candle, settings.timeframe);
      const analysis = analyseTrinity({ time, settings, series: [candles, confirmCandles] });
      const decision = decideTrinity({ pair: "BTC/USDT", settings, analysis, position: null });
      if (decision.reason.code === "warming-up") throw new Error("every counted candle is warm");
      if (decision.action === "open") entries += 1;
    }
  }
  return entries / (SEEDS * DECISIONS_PER_SEED);
};

it.each(VOLATILITIES)(
  "over 1,000 driftless markets, 250 of volatility %d, the defaults enter on at most 5 % of closed candles, and sometimes do",
  (volatility) => {
    const share = entryShareAt(volatility);
    expect(share).toBeLessThanOrEqual(ENTRY_SHARE_MAX);
    expect(share).toBeGreaterThan(0.002);
  },
  60_000,
);
