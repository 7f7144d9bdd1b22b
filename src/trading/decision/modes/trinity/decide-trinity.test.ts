import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregateCandles } from "../../../market/aggregate-candles";
import type { Candle } from "../../../market/candle";
import { createSyntheticCandles } from "../../../market/synthetic-candles";
import { decisionSchema, type Decision } from "../../basis/decision";
import type { HeldPosition } from "../../basis/decision-mode";
import { decide } from "../../decide";
import { trinitySettingsSchema, type TrinitySettings } from "./trinity-settings";

const HOUR_MS = 3_600_000;
const settings = trinitySettingsSchema.parse({});

const marketOf = (seed: number, count = 420): Candle[] =>
  createSyntheticCandles({ seed, count, volatility: 0.01, startPrice: 30_000 });

type Change = {
  readonly time?: number;
  readonly settings?: TrinitySettings;
  readonly confirmCandles?: readonly Candle[];
  readonly position?: HeldPosition | null;
};

/** Decides right after the last of `candles` closed. */
const decideAfter = (candles: readonly Candle[], change: Change = {}): Decision =>
  decide({
    pair: "BTC/USDT",
    time: change.time ?? (candles.at(-1)?.openTime ?? 0) + HOUR_MS,
    settings: { mode: "trinity", pairs: ["BTC/USDT"], decision: change.settings ?? settings },
    series: [candles, change.confirmCandles ?? aggregateCandles(candles, { from: "1h", to: "4h" })],
    position: change.position ?? null,
    wasHeld: false,
  });

describe("warm-up", () => {
  it("holds until 200 candles have closed, and says how many are there", () => {
    const cold = decideAfter(marketOf(1, 199));
    expect(cold).toMatchObject({ action: "hold", score: 0, evidence: [], reason: { code: "warming-up" } });
    expect(cold.reason.text).toBe("199 closed 1h candles since the last outage are there, 200 are needed");
    const warm = decideAfter(marketOf(1, 200));
    expect(warm.reason.code).not.toBe("warming-up");
    expect(warm.evidence.filter((line) => line.met === null)).toEqual([]);
  });

  it("holds without any candle", () => {
    expect(decideAfter([])).toMatchObject({ decidedCandle: null, reason: { code: "warming-up" } });
  });

  it("steps over one missing candle, and begins anew after a long outage", () => {
    const missing = marketOf(1).filter((_, index) => index !== 300);
    expect(decideAfter(missing).reason.code).not.toBe("warming-up");
    const outage = marketOf(1).filter((_, index) => index < 288 || index > 300);
    expect(decideAfter(outage).reason.text).toMatch(/^119 closed 1h candles since the last outage/);
  });

  it("refuses candles that are out of order", () => {
    expect(() => decideAfter(marketOf(1).toReversed(), { time: Number.MAX_SAFE_INTEGER })).toThrow(RangeError);
  });
});

describe("unknown data", () => {
  it("leaves volume conditions unknown and still scores the rest", () => {
    const candles = marketOf(3).map((candle) => ({ ...candle, volume: null }));
    const decision = decideAfter(candles);
    const unknown = decision.evidence.filter((line) => line.met === null).map((line) => line.condition);
    expect(new Set(unknown)).toEqual(
      new Set(["obv-sma14", "cumulative-delta", "volume-sma20", "delta-surge", "vwap-band", "delta-divergence"]),
    );
    expect(decision.score).toBeGreaterThan(0);
  });

  it.each([
    ["too few", (candles: Candle[]) => candles.slice(-27)],
    ["without the newest", (candles: Candle[]) => candles.slice(0, -1)],
  ])("adjusts nothing by 4h candles that are %s, and says so", (_, cut) => {
    const candles = marketOf(3, 420);
    const decision = decideAfter(candles, { confirmCandles: cut(aggregateCandles(candles, { from: "1h", to: "4h" })) });
    const confirm = decision.evidence.filter((line) => line.condition.startsWith("confirm-"));
    expect(confirm).toHaveLength(4);
    for (const line of confirm) expect(line).toMatchObject({ met: null, value: null, contribution: 0 });
  });

  it("sees a tie in flat candles without volume", () => {
    const flat = marketOf(1).map((candle) => ({ ...candle, open: 0.1, high: 0.1, low: 0.1, close: 0.1, volume: 0 }));
    const decision = decideAfter(flat);
    expect(decision).toMatchObject({ action: "hold", score: 0, reason: { code: "tie" } });
    expect(decision.evidence.some((line) => line.met === true)).toBe(false);
  });
});

describe("with a position", () => {
  /** Up for 300 candles, then down for 60: the turn that ends a long. */
  const turning = marketOf(1, 360).map((candle, index): Candle => {
    const close = index < 300 ? 1000 + index : 1300 - 8 * (index - 300);
    return { ...candle, open: close - 1, high: close + 4, low: close - 4, close };
  });
  const openedAt = (turning[250]?.openTime ?? 0) + HOUR_MS;
  const position = { side: "long", openedAt, entryPrice: "1250", partsTaken: [] as string[] } as const;
  const only = (rule: object) =>
    trinitySettingsSchema.parse({ exitOnSupertrend: false, exitOnSma200: false, exitOnRsi: false, ...rule });

  it("closes when Supertrend turned, also when the candles of the turn were missed", () => {
    const turned = decideAfter(turning.slice(0, 310), { position, settings: only({ exitOnSupertrend: true }) });
    expect(decisionSchema.parse(turned)).toMatchObject({
      action: "close",
      side: "long",
      sizeFraction: null,
      entryPrice: null,
      reason: { code: "exit-supertrend" },
    });
    expect(decideAfter(turning, { position, settings: only({ exitOnSupertrend: true }) }).action).toBe("close");
  });

  it("closes when the close crossed SMA200", () => {
    const decision = decideAfter(turning, { position, settings: only({ exitOnSma200: true }) });
    expect(decision.reason.code).toBe("exit-sma200");
    expect(decision.evidence.at(-1)).toMatchObject({
      category: "exit",
      condition: "sma200",
      operator: "crosses-down",
      met: true,
    });
  });

  it("closes when RSI14 is stretched, also before the rest is warm", () => {
    const rising = turning.slice(100, 200);
    const decision = decideAfter(rising, {
      position: { ...position, openedAt: 0 },
      settings: only({ exitOnRsi: true }),
    });
    expect(decision.reason.code).toBe("exit-rsi");
  });

  it("holds while no exit rule holds, and shows the score of its own side", () => {
    const decision = decideAfter(turning.slice(0, 290), { position, settings: only({ exitOnSupertrend: true }) });
    expect(decision).toMatchObject({ action: "hold", side: null, reason: { code: "position-open" } });
    const own = decision.evidence.filter((line) => line.side === "long");
    expect(decision.score).toBeCloseTo(
      own.reduce((sum, line) => sum + line.contribution, 0),
      10,
    );
  });
});

describe("any decision", () => {
  const seeds = fc.integer({ min: 0, max: 2 ** 31 });

  it("is not changed by candles that come later", () => {
    fc.assert(
      fc.property(seeds, seeds, fc.integer({ min: 205, max: 400 }), (seed, other, cut) => {
        const known = marketOf(seed, cut);
        const time = (known.at(-1)?.openTime ?? 0) + HOUR_MS;
        const later = [...known, ...marketOf(other).slice(cut)];
        const confirmCandles = aggregateCandles(later, { from: "1h", to: "4h" });
        expect(decideAfter(later, { time, confirmCandles })).toEqual(decideAfter(known, { time }));
      }),
      { numRuns: 25 },
    );
  });

  it("does not depend on how many candles were fetched beyond the window", () => {
    const candles = marketOf(5, 700);
    const confirmCandles = aggregateCandles(candles, { from: "1h", to: "4h" });
    expect(decideAfter(candles.slice(-300), { confirmCandles: confirmCandles.slice(-120) })).toEqual(
      decideAfter(candles),
    );
  });

  it("fits its contract, survives JSON and stays below 8 KB, with evidence for both sides", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(null, "long" as const, "short" as const), (seed, side) => {
        const position = side && { side, openedAt: 0, entryPrice: "30000", partsTaken: [] };
        const { trailBy, ...decision } = decideAfter(marketOf(seed, 300), { position });
        expect(trailBy?.close).toBe(side ? marketOf(seed, 300).at(-1)?.close : undefined);
        const text = JSON.stringify(decision);
        expect(decisionSchema.parse(JSON.parse(text))).toEqual(decision);
        expect(text.length).toBeLessThan(8192);
        for (const own of ["long", "short"]) {
          expect(decision.evidence.filter((line) => line.side === own && line.category !== "exit")).toHaveLength(21);
        }
      }),
      { numRuns: 25 },
    );
  });

  /**
   * Mirroring prices around a level swaps the sides. This does not hold for values relative to the price: the
   * pullback's 0.5 %, the bandwidth, the 1 % of the delta divergence and the strength of a MACD divergence.
   */
  it("mirrors: what speaks for a long speaks for a short in the mirrored market", () => {
    const relative = ["ema20-pullback", "band-expansion", "delta-divergence", "divergence-with", "divergence-against"];
    const metOf = (decision: Decision, side: string): (string | boolean | null)[][] =>
      decision.evidence
        .filter((line) => line.side === side && line.category !== "exit" && !relative.includes(line.condition))
        .map((line) => [line.condition, line.met]);
    fc.assert(
      fc.property(seeds, (seed) => {
        // Multiples of 1/8 below 2^17 mirror exactly in floating point.
        const grid = (price: number): number => Math.round(price * 8) / 8;
        const market = marketOf(seed, 300).map((candle) => ({
          ...candle,
          open: grid(candle.open),
          high: grid(candle.high),
          low: grid(candle.low),
          close: grid(candle.close),
        }));
        const mirrored = market.map((candle) => ({
          ...candle,
          open: 100_000 - candle.open,
          high: 100_000 - candle.low,
          low: 100_000 - candle.high,
          close: 100_000 - candle.close,
        }));
        const [straight, reflected] = [decideAfter(market), decideAfter(mirrored)];
        expect(metOf(reflected, "short")).toEqual(metOf(straight, "long"));
        expect(metOf(reflected, "long")).toEqual(metOf(straight, "short"));
      }),
      { numRuns: 25 },
    );
  });
});
