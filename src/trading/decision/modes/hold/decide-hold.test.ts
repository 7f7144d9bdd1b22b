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
  ...part,
});

describe("decideHold", () => {
  it("opens a long with an equal share, decided by the last candle that closed, stop and target on their sides", () => {
    const decision = decisionSchema.parse(decideHold(input()));
    expect(decision).toMatchObject({ action: "open", side: "long", leverage: 1, decidedCandle: start + 2 * HOUR_MS });
    expect(Number(decision.sizeFraction) * 1.2 * 5).toBeCloseTo(0.98, 10);
    const price = Number(decision.entryPrice);
    expect(price).toBe(candles[2]?.close);
    expect(Number(decision.stopLoss)).toBeCloseTo(price * 0.76, 8);
    expect(Number(decision.takeProfit)).toBeGreaterThan(price * 9);
  });

  it("never asks to close, and waits while no candle has closed", () => {
    expect(decideHold(input({ isOpen: true }))).toMatchObject({ action: "hold", reason: { code: "position-open" } });
    expect(decideHold(input({ time: start }))).toMatchObject({ action: "hold", reason: { code: "warming-up" } });
  });

  it("refuses a stop as wide as the gate's limit, which slippage would push over it", () => {
    expect(() => holdSettingsSchema.parse({ stopLossFraction: 0.25 })).toThrow(/stopLossFraction/);
  });
});
