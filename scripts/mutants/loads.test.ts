import { expect, it } from "vitest";
import { runBacktest } from "~/trading/backtest/run-backtest";
import { botSettingsSchema } from "~/trading/bot-settings";
import { advanceBot } from "~/trading/cycle/advance-bot";
import { RISK_RULES } from "~/trading/risk/risk-rules";

it("the core loads, no rule is empty, and a bot needs to name nothing but its pairs", () => {
  expect([runBacktest, advanceBot]).not.toContain(undefined);
  expect(RISK_RULES.filter(({ name }) => name === undefined)).toEqual([]);
  expect(botSettingsSchema.parse({ pairs: ["BTC/USDT"] }).risk.openPositionsMax).toBe(5);
});
