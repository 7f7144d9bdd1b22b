import { botSettingsSchema } from "../../bot-settings";
import { DIPS } from "./dips";
import { createSyntheticCandles } from "../../market/synthetic-candles";
import type { BacktestMarket } from "../readable-market";

const PAIRS = ["A/USDT", "B/USDT"];
/** 2024-01-01T00:00Z: where the candles begin, ms. */
export const BEGIN = 1_704_067_200_000;
const DAYS = 24;

const rulesOf = (pair: string) => ({
  pair,
  marketType: "swap" as const,
  tick: "0.01",
  lot: "0.001",
  contractSize: "1",
  quantityMin: "0.001",
  notionalMin: null,
  leverageMax: null,
  takerFeeRate: "0.0005",
});

/** 24 days of 5m candles of two pairs, drawn by the seed. */
export const createMarkets = (seed: number): BacktestMarket[] =>
  PAIRS.map((pair, index) => {
    const drawn = { seed: seed * 1000 + index, count: DAYS * 288, volatility: 0.004, meanVolume: 100_000 };
    const candles = createSyntheticCandles({ ...drawn, timeframe: "5m", startTime: BEGIN });
    return { id: index + 1, rules: rulesOf(pair), timeframe: "5m", candles };
  });

const LEGS = {
  legs: [
    { againstFraction: 0.006, share: 0.3 },
    { againstFraction: 0.015, share: 0.3 },
  ],
};

type Vary = (markets: readonly BacktestMarket[]) => BacktestMarket[];

const varyCandles =
  (vary: (candles: BacktestMarket["candles"]) => BacktestMarket["candles"]): Vary =>
  (markets) =>
    markets.map((market) => ({ ...market, candles: vary(market.candles) }));

const FLAT = 60;
const isFlat = (index: number): boolean => Math.floor(index / FLAT) % 3 === 1;
/** A thousandth of a cent, so that a lot's profit has more decimals than money. */
const cheapen = (price: number): number => Number((price / 10_000).toFixed(6));

/** The same markets in other conditions. */
export const CONDITIONS: Readonly<Record<string, Vary>> = {
  "with gaps": varyCandles((candles) =>
    candles.filter((_, index) => index % 97 > 2 && !(index > 5200 && index < 5230) && !(index > 5500 && index < 5700)),
  ),
  "with flat stretches and unknown volumes": varyCandles((candles) =>
    candles.map((candle, index) => {
      const price = candles[index - (index % FLAT)]?.open ?? candle.open;
      const volume = index % 5 === 0 ? null : candle.volume;
      return isFlat(index) ? { ...candle, open: price, high: price, low: price, close: price, volume } : candle;
    }),
  ),
  "of low prices": (markets) =>
    markets.map((market) => ({
      ...market,
      rules: { ...market.rules, tick: "0.000001" },
      candles: market.candles.map(({ open, high, low, close, volume, ...candle }) => ({
        ...candle,
        open: cheapen(open),
        high: cheapen(high),
        low: cheapen(low),
        close: cheapen(close),
        volume: volume === null ? null : volume * 10_000,
      })),
    })),
  "with prices between the ticks": varyCandles((candles) =>
    candles.map((candle, index) => (index % 50 === 0 ? { ...candle, close: candle.close + 0.0003 } : candle)),
  ),
};

const PERMISSIVE = {
  cooldownMinutes: 0,
  consecutiveLossesMax: 100,
  dailyLossMax: 0.5,
  dailyLossOfCapitalMax: 0.5,
  tradesPerDayMax: 200,
  drawdownMax: 0.02,
  correlationMax: 1,
};

const TRINITY = {
  pairs: PAIRS,
  intervalSeconds: 900,
  decision: { preset: "original", stopLossFraction: 0.015, takeProfitFraction: 0.04, leverage: 3 },
  risk: PERMISSIVE,
};

/** A bot of each mode that trades as often as it may, and soon passes its drawdown limit. */
export const SETTINGS = {
  trinity: botSettingsSchema.parse(TRINITY),
  "trinity that asks its trader": botSettingsSchema.parse({
    ...TRINITY,
    approval: { minutes: 1, bandFraction: 0.0005 },
  }),
  "trinity with every exit": botSettingsSchema.parse({
    pairs: PAIRS,
    matching: { version: 2 },
    intervalSeconds: 900,
    decision: { preset: "original", stopLossFraction: 0.03, takeProfitFraction: 0.08, leverage: 3 },
    exits: {
      breakEven: { fromFraction: 0.01, lockFraction: 0.002 },
      trailing: { by: "atr", multiple: 2, fromFraction: 0.012 },
      timeExitMinutes: 600,
      targets: [
        { atFraction: 0.008, share: 0.3 },
        { atFraction: 0.016, share: 0.3 },
      ],
    },
    risk: { ...PERMISSIVE, drawdownMax: 0.5, rewardToRiskMin: 0.5 },
  }),
  "trinity in legs": botSettingsSchema.parse({
    pairs: PAIRS,
    matching: { version: 2 },
    intervalSeconds: 900,
    decision: { preset: "original", stopLossFraction: 0.03, takeProfitFraction: 0.08, leverage: 3 },
    dca: LEGS,
    exits: { targets: [{ atFraction: 0.012, share: 0.5 }] },
    risk: { ...PERMISSIVE, rewardToRiskMin: 0.5 },
  }),
  "trinity that adds to positions in profit": botSettingsSchema.parse({
    pairs: PAIRS,
    matching: { version: 2 },
    intervalSeconds: 900,
    decision: { preset: "original", stopLossFraction: 0.03, takeProfitFraction: 0.08, leverage: 3 },
    dca: LEGS,
    exits: { targets: [{ atFraction: 0.012, share: 0.5 }] },
    risk: { ...PERMISSIVE, drawdownMax: 0.5, rewardToRiskMin: 0.5, pyramidingMarginMax: 0.05 },
  }),
  indicator: botSettingsSchema.parse({
    mode: "indicator",
    pairs: PAIRS,
    intervalSeconds: 900,
    decision: {
      preset: "pullback",
      setups: "both",
      freshBreakout: false,
      entryScoreMin: 0.6,
      leverage: 2,
      stretchedRsi: 60,
      stretchedGainMin: 0.004,
      timeExitHours: 8,
    },
    risk: { ...PERMISSIVE, drawdownMax: 0.5 },
  }),
  custom: botSettingsSchema.parse({
    mode: "custom",
    pairs: PAIRS,
    intervalSeconds: 900,
    decision: DIPS,
    risk: { ...PERMISSIVE, drawdownMax: 0.5 },
  }),
  llm: botSettingsSchema.parse({
    mode: "llm",
    pairs: PAIRS,
    intervalSeconds: 900,
    decision: { leverage: 2, rewardRiskMin: 1 },
    risk: { ...PERMISSIVE, drawdownMax: 0.5 },
  }),
  "buy-and-hold": botSettingsSchema.parse({
    mode: "buy-and-hold",
    pairs: PAIRS,
    intervalSeconds: 1800,
    risk: { positionMarginMax: 1, totalMarginMax: 1, correlationMax: 1 },
  }),
} as const;
