import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregateCandles } from "../../../market/aggregate-candles";
import type { Candle } from "../../../market/candle";
import { createSyntheticCandles } from "../../../market/synthetic-candles";
import { decimal } from "../../../money";
import { packAnalysis, unpackAnalysis } from "../../basis/packed-analysis";
import { packEvidence } from "../../basis/packed-evidence";
import { decisionSchema } from "../../basis/decision";
import { ownEvidenceOf } from "../../basis/analysis";
import { customSettingsSchema, type CustomSettings } from "./custom-settings";
import { evidenceBytes } from "./evidence-bytes";
import { randomRules } from "./contract/random-rules";
import { HOUR_MS, markets, marketsWithPosition, PAIR } from "./contract/twin-bots";
import { custom } from "./index";

const STORED_BYTES = 8192;

const seriesOf = (candles: readonly Candle[], settings: CustomSettings): (readonly Candle[])[] =>
  custom
    .series(settings)
    .map(({ timeframe }) =>
      timeframe === settings.timeframe ? candles : aggregateCandles(candles, { from: "1h", to: timeframe }),
    );

const closeOf = (candles: readonly Candle[]): number => (candles.at(-1)?.openTime ?? 0) + HOUR_MS;
const analyseAt = (settings: CustomSettings, series: readonly (readonly Candle[])[], time: number) =>
  custom.analyse({ time, settings: custom.reads(settings), series });

/** As PostgreSQL prints it: numbers in plain notation, a space after each comma and colon. */
const storedBytes = (value: unknown): number => {
  const text = JSON.stringify(value).replaceAll(/-?\d(\.\d+)?e[+-]\d+/g, (number) => decimal(number).toFixed());
  return text.length + text.split(/[,:]/).length;
};

describe("any rules that are accepted", () => {
  it("are the same after they are stored, and when they are read again", () => {
    fc.assert(
      fc.property(randomRules, ({ written, settings }) => {
        expect(customSettingsSchema.parse(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
        expect(customSettingsSchema.parse(JSON.parse(JSON.stringify(written)))).toEqual(settings);
      }),
      { numRuns: 80 },
    );
  });

  it("decide in any market without a fault, fit their contract, and what they store fits the database", () => {
    fc.assert(
      fc.property(randomRules, marketsWithPosition, ({ settings }, { candles, position }) => {
        const analysis = analyseAt(settings, seriesOf(candles, settings), closeOf(candles));
        const packed = packAnalysis(analysis);
        expect(storedBytes(packed)).toBeLessThanOrEqual(STORED_BYTES);
        const stored = unpackAnalysis(JSON.parse(JSON.stringify(packed)), custom.readings);
        expect(stored).toEqual(analysis);
        const bot = { pair: PAIR, pairs: 1, settings, position, wasHeld: false };
        const decision = custom.decide({ ...bot, analysis: stored });
        expect(decisionSchema.parse(JSON.parse(JSON.stringify(decision)))).toEqual(decision);
        const own = ownEvidenceOf(decision, analysis) ?? [];
        expect(storedBytes(packEvidence(own))).toBeLessThanOrEqual(STORED_BYTES);
      }),
      { numRuns: 80 },
    );
  });

  it("fit the database also where they are as large as is accepted, whatever the scale of prices", () => {
    // Values with long digits: one compares nearly nothing, the other nearly all that a value may be.
    const lines = (code: string, times: number) =>
      Array.from({ length: 9 }, (_, at) => ({
        code: `${code}${at}`,
        name: `${code}${at}`,
        when: { left: { of: "close", times }, is: "<=", right: { of: { difference: [0, "open"] }, times } },
      }));
    const side = { stop: { fraction: 0.1 }, target: { fraction: 0.1 }, sizes: [{ sizeFraction: 0.1 }] };
    const setup = (code: string, times: number) => ({
      kind: "conditions",
      code,
      name: code,
      score: 0.1234,
      ...side,
      all: lines(code, times),
    });
    const rest = { ...setup("third", 1.234567e-9), all: lines("third", 1.234567e-9).slice(0, 6) };
    const both = { setups: [setup("smallest", 1.234567e-17), setup("largest", 1.234567e10), rest] };
    const exits = lines("out", 1.234567e-17).slice(0, 4);
    const settings = customSettingsSchema.parse({ long: { ...both, exits }, short: { ...both, exits } });
    expect(evidenceBytes(settings)).toBeGreaterThan(6500);
    const candles = createSyntheticCandles({ seed: 1, count: 320, volatility: 0.01, startPrice: 30_000 });
    for (const scale of [1e-8, 1e-3, 1]) {
      const scaled = candles.map((candle) => ({ ...candle, close: candle.close * scale, open: candle.open * scale }));
      const priced = scaled.map((candle) => ({ ...candle, high: candle.close * 1.1, low: candle.close * 0.9 }));
      const analysis = analyseAt(settings, [priced], closeOf(candles));
      expect(analysis.evidence).toHaveLength(48);
      expect(storedBytes(packAnalysis(analysis))).toBeLessThanOrEqual(STORED_BYTES);
    }
  });

  it("are not changed by candles that close later", () => {
    const cases = fc.record({ rules: randomRules, candles: markets, other: fc.nat(1e6), cut: fc.nat(480) });
    fc.assert(
      fc.property(cases, ({ rules: { settings }, candles, other, cut }) => {
        const known = candles.slice(0, cut);
        const later = createSyntheticCandles({ seed: other, count: 60, volatility: 0.02, startTime: closeOf(known) });
        const all = [...known, ...later];
        const time = closeOf(known);
        expect(analyseAt(settings, seriesOf(all, settings), time)).toEqual(
          analyseAt(settings, seriesOf(known, settings), time),
        );
      }),
      { numRuns: 80 },
    );
  });

  it("read no candle before their windows", () => {
    fc.assert(
      fc.property(randomRules, fc.nat(1e6), ({ settings }, seed) => {
        const candles = createSyntheticCandles({ seed, count: 700, volatility: 0.01 });
        const series = seriesOf(candles, settings);
        const windows = custom.series(settings).map(({ count }, index) => series[index]?.slice(-count) ?? []);
        expect(analyseAt(settings, windows, closeOf(candles))).toEqual(analyseAt(settings, series, closeOf(candles)));
      }),
      { numRuns: 40 },
    );
  });

  it("have a word for each line of evidence, a line for each rule, and tell what they wait for", () => {
    fc.assert(
      fc.property(randomRules, markets, ({ settings }, candles) => {
        const analysis = analyseAt(settings, seriesOf(candles, settings), closeOf(candles));
        const bot = { pair: PAIR, pairs: 1, settings, position: null, wasHeld: false };
        const { evidence, scores, reason } = custom.decide({ ...bot, analysis });
        const words = custom.words(settings);
        for (const { condition, category } of evidence) {
          expect(words.conditions).toHaveProperty([condition]);
          expect(words.categories).toHaveProperty([category]);
        }
        const labels = custom.describe(settings).map(({ label }) => label);
        expect(new Set(labels).size).toBe(labels.length);
        const hold = { reasonCode: reason.code, scores: scores ?? { long: null, short: null }, evidence };
        const nearest = custom.nearestEntry(settings, { ...hold, priceDigits: 2 });
        expect(nearest === null || nearest.length > 0).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  it("share an analysis where they differ only in names, sizes, leverage, distances and what an exit does", () => {
    fc.assert(
      fc.property(randomRules, ({ settings }) => {
        const setups = settings.long.setups.map((setup) => ({
          ...setup,
          name: "another",
          leverage: 2,
          sizes: [{ scoreMin: 0, sizeFraction: 0.5 }],
          stop: { ...setup.stop, fraction: 0.2 },
        }));
        const exits = settings.long.exits.map((exit) => ({ ...exit, gainMin: 0.5, blocksEntry: false }));
        expect(custom.reads({ ...settings, long: { setups, exits } })).toEqual(custom.reads(settings));
        expect(custom.reads({ ...settings, secondTimeframe: "6h" })).not.toEqual(custom.reads(settings));
      }),
      { numRuns: 30 },
    );
  });
});
