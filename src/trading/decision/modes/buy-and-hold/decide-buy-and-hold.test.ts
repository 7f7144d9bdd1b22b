import { describe, expect, it } from "vitest";
import { createSyntheticCandles } from "../../../market/synthetic-candles";
import { decisionSchema } from "../../basis/decision";
import { analyseBuyAndHold } from "./analyse-buy-and-hold";
import { decideBuyAndHold } from "./decide-buy-and-hold";
import { buyAndHoldSettingsSchema } from "./buy-and-hold-settings";

const HOUR_MS = 3_600_000;
const candles = createSyntheticCandles({ seed: 1, count: 5, volatility: 0.01 });
const start = candles[0]?.openTime ?? 0;
const settings = buyAndHoldSettingsSchema.parse({});
const position = { side: "long", openedAt: start, entryPrice: "100", partsTaken: [] as string[] } as const;

type Asked = { readonly time?: number; readonly isOpen?: boolean; readonly wasHeld?: boolean };
const decideAt = ({ time = start + 3 * HOUR_MS, isOpen = false, wasHeld = false }: Asked = {}) =>
  decideBuyAndHold({
    pair: "BTC/USDT",
    pairs: 5,
    settings,
    analysis: analyseBuyAndHold({ time, settings, series: [candles] }),
    position: isOpen ? position : null,
    wasHeld,
  });

describe("decideBuyAndHold", () => {
  it("opens an unlevered long with an equal share, decided by the last candle that closed, without stop and target", () => {
    const decision = decisionSchema.parse(decideAt());
    expect(decision).toMatchObject({ action: "open", side: "long", leverage: 1, stopLoss: null, takeProfit: null });
    expect(decision.decidedCandle).toBe(start + 2 * HOUR_MS);
    expect(Number(decision.sizeFraction) * 1.2 * 5).toBeCloseTo(1, 10);
    expect(Number(decision.entryPrice)).toBe(candles[2]?.close);
  });

  it("never asks to close, and waits while no candle has closed", () => {
    expect(decideAt({ isOpen: true })).toMatchObject({
      action: "hold",
      reason: { code: "position-open" },
    });
    expect(decideAt({ time: start })).toMatchObject({ action: "hold", reason: { code: "warming-up" } });
  });

  it("never buys again what something closed, at whatever candle", () => {
    for (const hours of [1, 2, 3, 4, 5]) {
      const decision = decideAt({ time: start + hours * HOUR_MS, wasHeld: true });
      expect(decision).toMatchObject({ action: "hold", reason: { code: "held-before" } });
    }
  });
});
