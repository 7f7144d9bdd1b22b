import { expect, it } from "vitest";

// Imported inside the case: a test file that cannot be loaded has no case, so its failure would go unnoticed.
it("the core loads, no rule is empty, and a bot needs to name nothing but its pairs", async () => {
  await import("~/trading/cycle/advance-bot");
  await import("~/trading/backtest/run-backtest");
  const { RISK_RULES } = await import("~/trading/risk/risk-rules");
  expect(RISK_RULES.filter(({ name }) => name === undefined)).toEqual([]);
  const { botSettingsSchema } = await import("~/trading/bot-settings");
  expect(botSettingsSchema.parse({ pairs: ["BTC/USDT"] }).risk.openPositionsMax).toBe(5);
});
