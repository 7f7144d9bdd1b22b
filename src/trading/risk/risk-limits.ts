import { z } from "zod";

const within = (low: number, high: number, standard: number) => z.number().min(low).max(high).default(standard);
const count = (low: number, high: number, standard: number) => z.number().int().min(low).max(high).default(standard);

/** The risk limits of a bot: one table, its defaults and ranges (TRADING 5). Fractions, never percent; values in USDT. */
export const riskLimitsSchema = z.strictObject({
  positionMarginMax: within(0.01, 1, 0.25),
  totalMarginMax: within(0.05, 1, 0.85),
  grossNotionalMax: within(0.1, 10, 2),
  openPositionsMax: count(1, 50, 5),
  entriesPerCycleMax: count(1, 10, 2),
  tradesPerDayMax: count(1, 200, 10),
  longLeverageMax: within(1, 10, 5),
  shortLeverageMax: within(1, 10, 3),
  stopDistanceMin: within(0.001, 0.25, 0.005),
  stopDistanceMax: within(0.001, 0.25, 0.25),
  rewardToRiskMin: within(0.5, 10, 1.5),
  netProfitMin: within(0, 0.1, 0.0005),
  orderValueMin: within(1, 1_000_000, 50),
  drawdownMax: within(0.02, 0.5, 0.15),
  dailyLossMax: within(0.001, 0.5, 0.03),
  dailyLossOfCapitalMax: within(0.001, 0.5, 0.01),
  cooldownMinutes: within(0, 10_080, 60),
  consecutiveLossesMax: count(1, 100, 4),
  lossPauseHours: within(0, 720, 24),
  correlationMax: within(0, 1, 0.8),
  adverseFundingMax: within(0, 0.1, 0.0005),
  spreadMax: within(0, 0.1, 0.002),
  quoteVolumeMin: within(0, 1e12, 1_000_000),
});
export type RiskLimits = z.infer<typeof riskLimitsSchema>;

/** Drawdown beyond this share of its limit is warned of. */
export const DRAWDOWN_WARNING_SHARE = 0.8;
