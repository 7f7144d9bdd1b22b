import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregateCandles } from "../market/aggregate-candles";
import type { Candle } from "../market/candle";
import { createSyntheticCandles } from "../market/synthetic-candles";
import { timeframeMs, type Timeframe } from "../market/timeframe";
import { joinEvidence, ownEvidenceOf, type Analysis } from "./basis/analysis";
import type { HeldPosition } from "./basis/decision-mode";
import { packAnalysis, unpackAnalysis } from "./basis/packed-analysis";
import { analyse, analysedSettings, analysisTime, decide, decideBy, decisionTimeframes, modeOf } from "./decide";
import { MODES, MODE_NAMES } from "./modes/registry";

const HOUR_MS = 3_600_000;
const PAIR = "BTC/USDT";

const settingsOf = (mode: string, decision: object = {}) => ({
  mode,
  pairs: [PAIR, "ETH/USDT"],
  decision: modeOf({ mode }).settings.parse(decision),
});
type Settings = ReturnType<typeof settingsOf>;

const seriesOf = (candles: readonly Candle[], settings: Settings): (readonly Candle[])[] =>
  decisionTimeframes(settings).map(({ timeframe }) =>
    timeframe === "1h" ? candles : aggregateCandles(candles, { from: "1h", to: timeframe }),
  );

const slot = (candles: readonly Candle[]): number => (candles.at(-1)?.openTime ?? 0) + HOUR_MS;
const MAX_BYTES = 8192;

/** As it is stored and read again. */
const throughJson = (settings: Settings, analysis: Analysis): Analysis => {
  const text = JSON.stringify(packAnalysis(analysis));
  expect(text.length + text.split(/[,:]/).length).toBeLessThan(MAX_BYTES); // jsonb prints a space after each
  return unpackAnalysis(JSON.parse(text), modeOf(settings).readings);
};

const markets = fc
  .record({ seed: fc.integer({ min: 0, max: 2 ** 31 }), count: fc.integer({ min: 0, max: 420 }) })
  .map(({ seed, count }) => createSyntheticCandles({ seed, count, volatility: 0.01, startPrice: 30_000 }));

const trinity = fc.record({
  preset: fc.constantFrom("default", "original"),
  timeframe: fc.constantFrom<Timeframe>("1h", "4h", "6h"),
  confirmTimeframe: fc.constantFrom<Timeframe>("1h", "4h", "6h", "1d"),
  stopLossFraction: fc.constantFrom(0.02, 0.035),
  leverage: fc.constantFrom(1, 3),
  exitOnSupertrend: fc.boolean(),
  exitOnSma200: fc.boolean(),
  exitOnRsi: fc.boolean(),
});
const settings = fc.oneof(
  trinity.map((decision) => settingsOf("trinity", decision)),
  fc.constantFrom<Timeframe>("1h", "4h").map((timeframe) => settingsOf("buy-and-hold", { timeframe })),
);
const positions = (candles: readonly Candle[]): fc.Arbitrary<HeldPosition | null> =>
  fc.option(
    fc.record({
      side: fc.constantFrom("long" as const, "short" as const),
      openedAt: fc.integer({ min: 0, max: 420 }).map((hour) => (candles[0]?.openTime ?? 0) + hour * HOUR_MS),
      entryPrice: fc.constant("30000"),
      partsTaken: fc.constant([]),
    }),
  );
const cases = markets.chain((candles) =>
  fc.record({ candles: fc.constant(candles), settings, position: positions(candles), wasHeld: fc.boolean() }),
);

describe("one analysis for all who ask the same", () => {
  it("stored and read again leads to the decision that reading the market oneself does, for any position", () => {
    fc.assert(
      fc.property(cases, ({ candles, ...asked }) => {
        const market = { time: slot(candles), series: seriesOf(candles, asked.settings) };
        const analysis = throughJson(asked.settings, analyse({ ...market, settings: asked.settings }));
        const own = decide({ pair: PAIR, ...market, ...asked });
        expect(decideBy({ pair: PAIR, ...asked, analysis })).toEqual(own);
        expect(joinEvidence(analysis, ownEvidenceOf(own, analysis))).toEqual(own.evidence);
        expect(own.scores ?? analysis.scores).toEqual(analysis.scores);
        expect(own.decidedCandle ?? analysis.candle).toBe(analysis.candle);
      }),
      { numRuns: 150 },
    );
  });

  it("is the same at every slot until a candle of any of its series closes", () => {
    fc.assert(
      fc.property(markets, settings, fc.integer({ min: 0, max: 24 * HOUR_MS }), (candles, asked, later) => {
        const time = slot(candles) + later;
        const series = seriesOf(candles, asked);
        const mode = modeOf(asked);
        const at = (instant: number) => mode.analyse({ time: instant, series, settings: analysedSettings(asked) });
        expect(at(analysisTime(asked, time))).toEqual(at(time));
        const closes = decisionTimeframes(asked).some(({ timeframe }) => {
          const step = timeframeMs(timeframe);
          return Math.floor(time / step) > Math.floor((time - later) / step);
        });
        expect(analysisTime(asked, time) > time - later).toBe(closes);
      }),
      { numRuns: 60 },
    );
  });

  it("asks a bot's settings for its series only, so that those who differ in stops, sizes and exits share it", () => {
    const read = (mode: string, decision?: object) => analysedSettings(settingsOf(mode, decision));
    const bold = { preset: "original", leverage: 5, stopLossFraction: 0.1, takeProfitFraction: 0.3, exitOnRsi: false };
    expect(read("trinity", bold)).toEqual(read("trinity"));
    expect(read("trinity", { confirmTimeframe: "1d" })).not.toEqual(read("trinity"));
    expect(read("buy-and-hold", { investedFraction: 0.5 })).toEqual(read("buy-and-hold"));
    expect(read("buy-and-hold", { timeframe: "4h" })).not.toEqual(read("buy-and-hold"));
  });

  it.each(MODE_NAMES)("of %s has a place for its readings as they are stored, and refuses those of another", (name) => {
    const { readings } = MODES[name];
    expect(readings.safeParse({ other: 1 }).success).toBe(false);
  });
});
