import { botSettingsSchema } from "../../bot-settings";
import { createSyntheticCandles } from "../../market/synthetic-candles";
import { decimal } from "../../money";
import { startBot, type BotState } from "../bot-state";
import { createSlots, quoteAt } from "./synthetic-slots";

/** The first slot; three weeks of candles lie before it. */
export const FIRST = 1_704_067_200_000 + 21 * 86_400_000;
export const STEP = 1_800_000;
const PAIRS = ["A/USDT", "B/USDT"];
/** A bot that enters and exits often, in a market where it soon passes its drawdown limit. */
export const settings = botSettingsSchema.parse({
  pairs: PAIRS,
  intervalSeconds: STEP / 1000,
  trinity: { preset: "original", stopLossFraction: 0.015, takeProfitFraction: 0.04, leverage: 3 },
  risk: {
    cooldownMinutes: 0,
    consecutiveLossesMax: 100,
    dailyLossMax: 0.5,
    dailyLossOfCapitalMax: 0.5,
    tradesPerDayMax: 200,
    drawdownMax: 0.02,
    correlationMax: 1,
  },
});

const rulesOf = (pair: string, takerFeeRate: string) => ({
  pair,
  marketType: "swap" as const,
  tick: "0.01",
  lot: "0.001",
  contractSize: "1",
  quantityMin: "0.001",
  notionalMin: null,
  leverageMax: null,
  takerFeeRate,
});

/** A market of two pairs, drawn by the seed; answers for any slot. */
export const createMarket = (seed: number, takerFeeRate = "0.0005") => {
  const listed = PAIRS.map((pair, index) => {
    const drawn = { seed: seed * 1000 + index, count: 23 * 288, volatility: 0.004, meanVolume: 100_000 };
    return {
      id: index + 1,
      rules: rulesOf(pair, takerFeeRate),
      finest: createSyntheticCandles({ ...drawn, timeframe: "5m" }),
    };
  });
  const slots = createSlots(listed);
  return (time: number) => slots(({ finest }) => quoteAt(finest, time));
};
export type Market = ReturnType<typeof createMarket>;

export const begin = (): BotState => startBot({ initialCapital: decimal(10_000), currency: "USDT", at: FIRST });
