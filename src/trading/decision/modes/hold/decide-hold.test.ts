import { describe, expect, it } from "vitest";
import { createSyntheticCandles } from "../../../market/synthetic-candles";
import { decisionSchema } from "../../decision";
import { decideHold, type HoldInput } from "./decide-hold";
import { holdSettingsSchema } from "./hold-settings";

const HOUR_MS = 3_600_000;
const candles = createSyntheticCandles({ seed: 1, count: 5, volatility: 0.01 });
const start = candles[0]?.openTime ?? 0;
const input = (part: Partial<HoldInput> = {}): HoldInput => ({
  pair: "BTC/USDT",
  pairs: 5,
  time: start + 3 * HOUR_MS,
  settings: holdSettingsSchema.parse({}),
  candles,
  isOpen: false,
  wasHeld: false,
  ...part,
});

describe("decideHold", () => {
  it("opens an unlevered long with an equal share, decided by the last candle that closed, without stop and target", () => {
    const decision = decisionSchema.parse(decideHold(input()));
    expect(decision).toMatchObject({ action: "open", side: "long", leverage: 1, stopLoss: null, takeProfit: null });
    expect(decision.decidedCandle).toBe(start + 2 * HOUR_MS);
    expect(Number(decision.sizeFraction) * 1.2 * 5).toBeCloseTo(1, 10);
    expect(Number(decision.entryPrice)).toBe(candles[2]?.close);
  });

  it("never asks to close, and waits while no candle has closed", () => {
    expect(decideHold(input({ isOpen: true }))).toMatchObject({ action: "hold", reason: { code: "position-open" } });
    expect(decideHold(input({ time: start }))).toMatchObject({ action: "hold", reason: { code: "warming-up" } });
  });

  it("never buys again what something closed, at whatever candle", () => {
    for (const hours of [1, 2, 3, 4, 5]) {
      const decision = decideHold(input({ time: start + hours * HOUR_MS, wasHeld: true }));
      expect(decision).toMatchObject({ action: "hold", reason: { code: "held-before" } });
    }
  });

  it("reads over the stop that settings of an earlier version name", () => {
    const settings = holdSettingsSchema.parse({ timeframe: "4h", investedFraction: 0.98, stopLossFraction: 0.24 });
    expect(JSON.parse(JSON.stringify(settings))).toEqual({ timeframe: "4h", investedFraction: 0.98 });
  });
});
