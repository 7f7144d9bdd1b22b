import { expect, it } from "vitest";
import { aggregateCandles } from "../../market/aggregate-candles";
import { candleCloseTime, type Candle } from "../../market/candle";
import { createSyntheticCandles } from "../../market/synthetic-candles";
import type { DecisionMode } from "../basis/decision-mode";
import { MODES } from "./registry";

const SEEDS = 250;
/** This many hours, so that 120 candles of 4h have closed before the first decision. */
const CANDLES_BEFORE = 480;
const ENTRY_SHARE_MAX = 0.05;

/** Standard deviations of an hour's return: from a quiet market to a crash. */
const VOLATILITIES = [0.003, 0.006, 0.012, 0.025];
const DECISIONS_PER_SEED = 4;

/** Modes that enter by a score of their own: the control buys at once, and custom rules are the trader's. */
const CHOOSING: DecisionMode[] = Object.values<DecisionMode>(MODES).filter(
  ({ settings, entryScore }) => entryScore(settings.parse({})) !== null,
);

const seriesOf = (mode: DecisionMode, settings: unknown, candles: readonly Candle[]): (readonly Candle[])[] =>
  mode
    .series(settings)
    .map(({ timeframe }) => (timeframe === "1h" ? candles : aggregateCandles(candles, { from: "1h", to: timeframe })));

/** The share of closed candles on which a bot without a position would enter, over 250 markets of their own. */
const entryShareAt = (mode: DecisionMode, volatility: number): number => {
  const settings = mode.settings.parse({});
  const first = VOLATILITIES.indexOf(volatility) * SEEDS + 1;
  let entries = 0;
  for (let seed = first; seed < first + SEEDS; seed += 1) {
    const candles = createSyntheticCandles({ seed, count: CANDLES_BEFORE + DECISIONS_PER_SEED, volatility });
    const series = seriesOf(mode, settings, candles);
    for (const candle of candles.slice(CANDLES_BEFORE)) {
      const time = candleCloseTime(candle, "1h");
      const analysis = mode.analyse({ time, settings: mode.reads(settings), series });
      const bot = { pair: "BTC/USDT", pairs: 1, settings, position: null, wasHeld: false };
      const decision = mode.decide({ ...bot, analysis });
      if (decision.reason.code === "warming-up") throw new Error("every counted candle is warm");
      if (decision.action === "open") entries += 1;
    }
  }
  return entries / (SEEDS * DECISIONS_PER_SEED);
};

const CASES = CHOOSING.flatMap((mode) => VOLATILITIES.map((volatility) => ({ mode, name: mode.name, volatility })));

it.each(CASES)(
  "over 1,000 driftless markets, 250 of volatility $volatility, the defaults of $name enter on at most 5 % of closed candles, and sometimes do",
  ({ mode, volatility }) => {
    const share = entryShareAt(mode, volatility);
    expect(share).toBeLessThanOrEqual(ENTRY_SHARE_MAX);
    expect(share).toBeGreaterThan(0.002);
  },
  60_000,
);

const FALL = 0.2;
const FALLING_SEEDS = 100;

/** The same market with every price on its way down, by a fifth of its volatility an hour. */
const falling = (candles: readonly Candle[], volatility: number): Candle[] =>
  candles.map((candle, index) => {
    const [before, after] = [index, index + 1].map((hours) => Math.exp(-FALL * volatility * hours)) as [number, number];
    const { open, high, low, close } = candle;
    return { ...candle, open: open * before, high: high * before, low: low * after, close: close * after };
  });

it.each(CHOOSING.map((mode) => ({ mode, name: mode.name })))(
  "in 100 falling markets the defaults of $name enter on at most 5 % of closed candles, and hardly ever long",
  ({ mode }) => {
    const [settings, volatility] = [mode.settings.parse({}), 0.012];
    const entries = { long: 0, short: 0 };
    for (let seed = 1; seed <= FALLING_SEEDS; seed += 1) {
      const drawn = createSyntheticCandles({ seed, count: CANDLES_BEFORE + DECISIONS_PER_SEED, volatility });
      const candles = falling(drawn, volatility);
      const series = seriesOf(mode, settings, candles);
      for (const candle of candles.slice(CANDLES_BEFORE)) {
        const time = candleCloseTime(candle, "1h");
        const analysis = mode.analyse({ time, settings: mode.reads(settings), series });
        const bot = { pair: "BTC/USDT", pairs: 1, settings, position: null, wasHeld: false };
        const { action, side } = mode.decide({ ...bot, analysis });
        if (action === "open" && side) entries[side] += 1;
      }
    }
    const decided = FALLING_SEEDS * DECISIONS_PER_SEED;
    expect((entries.long + entries.short) / decided).toBeLessThanOrEqual(ENTRY_SHARE_MAX);
    expect(entries.long / decided).toBeLessThanOrEqual(0.01);
    expect(entries.short).toBeGreaterThan(entries.long);
  },
  60_000,
);
