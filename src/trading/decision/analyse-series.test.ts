import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lastCandles } from "../market/candle-range";
import { aggregateCandles } from "../market/aggregate-candles";
import type { Candle } from "../market/candle";
import { oddMarkets } from "../market/indicators/contract/odd-markets";
import { createSyntheticCandles } from "../market/synthetic-candles";
import { timeframeMs } from "../market/timeframe";
import type { DecisionMode, HeldPosition, ModeSettings } from "./basis/decision-mode";
import { analyse, analyseSeries, decideBy, decisionTimeframes, modeOf } from "./decide";
import { analyseTrinitySeries } from "./modes/trinity/analyse-trinity";
import { MODES, MODE_NAMES, type Modes } from "./modes/registry";

const MINUTE_MS = 60_000;
const PAIR = "BTC/USDT";

const settingsOf = (mode: string) => ({ mode, pairs: [PAIR], decision: modeOf({ mode }).settings.parse({}) });
const START = createSyntheticCandles({ seed: 1, count: 1, volatility: 0 })[0]?.openTime ?? 0;

type Asked = {
  readonly settings: ModeSettings;
  readonly series: readonly (readonly Candle[])[];
  readonly slot: number;
};

/** What a decision at the slot fetches. */
const fetched = ({ settings, series, slot }: Asked, modes?: Modes): Candle[][] =>
  decisionTimeframes(settings, modes).map(({ timeframe, count }, index) => {
    const { from, closedBy } = lastCandles({ timeframe, count, closedBy: slot });
    const candles = series[index] ?? [];
    return candles.filter(({ openTime }) => openTime >= from && openTime + timeframeMs(timeframe) <= closedBy);
  });

const positions: fc.Arbitrary<HeldPosition | null> = fc.option(
  fc.record({
    side: fc.constantFrom("long" as const, "short" as const),
    openedAt: fc.integer({ min: 0, max: 420 }).map((hour) => START + hour * 60 * MINUTE_MS),
    entryPrice: fc.constant("100"),
    partsTaken: fc.constant([]),
  }),
);

const cases = fc.record({
  series: fc.tuple(oddMarkets("1h", { min: 0, max: 420 }), oddMarkets("4h", { min: 0, max: 130 })),
  minutes: fc.uniqueArray(fc.integer({ min: -10, max: 30_000 }), { minLength: 5, maxLength: 5 }),
  position: positions,
});

describe.each(MODE_NAMES)("a series of %s", (name) => {
  const settings = settingsOf(name);

  it("is read at each slot as by itself, and leads to the same decision, of which only the evidence may lack", () => {
    fc.assert(
      fc.property(cases, ({ series, minutes, position }) => {
        const slots = minutes.toSorted((a, b) => a - b).map((minute) => START + minute * MINUTE_MS);
        const at = analyseSeries({ settings, slots, series });
        slots.forEach((slot, index) => {
          const own = analyse({ settings, time: slot, series: fetched({ settings, series, slot }) });
          const read = at(index);
          const { candle, scores, evidence, readings } = read;
          expect({ candle, scores, evidence, readings }).toStrictEqual(own);
          const question = { pair: PAIR, settings, position, wasHeld: false };
          const decision = decideBy({ ...question, analysis: read });
          const expected = decideBy({ ...question, analysis: own });
          const isBare = decision.evidence.length === 0;
          expect(decision).toEqual(isBare ? { ...expected, evidence: [] } : expected);
        });
      }),
      { numRuns: 60 },
    );
  });
});

it("Trinity tells a hold for certain where it would decide it, by the same reason, and nothing else", () => {
  const told = new Set<string>();
  const decision = { ...MODES.trinity.settings.parse({ preset: "original", exitOnRsi: false }) };
  const { timeframe, confirmTimeframe } = decision;
  const market = fc.record({
    seed: fc.integer({ min: 1, max: 10_000 }),
    volatility: fc.constantFrom(0.003, 0.01, 0.03),
  });
  fc.assert(
    fc.property(market, positions, fc.boolean(), (drawn, position, triggerRequired) => {
      const candles = createSyntheticCandles({ ...drawn, count: 420 });
      const series = [candles, aggregateCandles(candles, { from: "1h", to: "4h" })];
      const settings = { mode: "trinity", pairs: [PAIR], decision: { ...decision, triggerRequired } };
      const times = candles.map(({ openTime }) => openTime);
      const read = analyseTrinitySeries({ settings: { timeframe, confirmTimeframe }, times, series });
      const holds = read.holdsBy(settings.decision);
      times.forEach((_, index) => {
        const question = { pair: PAIR, settings, position, wasHeld: false, analysis: read.at(index) };
        const { action, reason } = decideBy(question);
        const certain = position ? holds.held(index, position) : holds.free(index);
        expect(certain).toBe(action === "hold" ? reason.code : null);
        told.add(certain ?? action);
      });
    }),
    { numRuns: 30 },
  );
  const reasons = ["position-open", "score-below-minimum", "no-trigger", "tie", "exit-rule-holds", "warming-up"];
  expect([...told]).toEqual(expect.arrayContaining([...reasons, "open", "close"]));
});

it("a mode without a way of its own to read a series is given the candles that each slot would fetch", () => {
  const echo: DecisionMode = {
    ...MODES["buy-and-hold"],
    name: "echo",
    series: () => [
      { timeframe: "1h", count: 3 },
      { timeframe: "4h", count: 2 },
    ],
    analyse: (readings) => ({ candle: null, scores: null, evidence: [], readings }),
  };
  const settings = { mode: "echo", decision: {} };
  fc.assert(
    fc.property(cases, ({ series, minutes }) => {
      const slots = minutes.toSorted((a, b) => a - b).map((minute) => START + minute * MINUTE_MS);
      const at = analyseSeries({ settings, slots, series }, { echo });
      slots.forEach((slot, index) => {
        const own = { settings, time: slot, series: fetched({ settings, series, slot }, { echo }) };
        expect(at(index)).toEqual(analyse(own, { echo }));
      });
    }),
    { numRuns: 60 },
  );
});

it("refuses candles out of order, and answers nothing for a slot that was not asked", () => {
  const [first, second] = createSyntheticCandles({ seed: 1, count: 2, volatility: 0.01 }) as [Candle, Candle];
  const slots = [START + 120 * MINUTE_MS];
  const asked = (series: readonly (readonly Candle[])[]) =>
    analyseSeries({ settings: settingsOf("trinity"), slots, series });
  expect(() => asked([[second, first], []])).toThrow(RangeError);
  expect(() => analyseSeries({ settings: settingsOf("buy-and-hold"), slots, series: [[first]] })(1)).toThrow(
    "no slot 1",
  );
  expect(() => asked([[first, second], []])(1)).toThrow("no slot 1");
});
