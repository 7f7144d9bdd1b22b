import { expect, it } from "vitest";
import { aggregateCandles } from "../../../market/aggregate-candles";
import { createSyntheticCandles } from "../../../market/synthetic-candles";
import { analyseTrinity } from "./analyse-trinity";
import { decideTrinity } from "./decide-trinity";
import { trinitySettingsSchema } from "./trinity-settings";
import { TRINITY_WORDS } from "./trinity-words";

const HOUR_MS = 3_600_000;
const candles = createSyntheticCandles({ seed: 4, count: 500, volatility: 0.02, startTime: 0 });
const confirmCandles = aggregateCandles(candles, { from: "1h", to: "4h" });
const settings = trinitySettingsSchema.parse({});

it("has words for every condition and category of the evidence, for each side, and for no other", () => {
  const position = { side: "long", openedAt: 400 * HOUR_MS, entryPrice: "1", partsTaken: [] as string[] } as const;
  const held = [null, position, { ...position, side: "short" } as const];
  const analysis = analyseTrinity({ time: 480 * HOUR_MS, settings, series: [candles, confirmCandles] });
  const evidence = held.flatMap(
    (each) => decideTrinity({ pair: "BTC/USDT", settings, analysis, position: each }).evidence,
  );
  const codesOf = (codes: readonly string[]): string[] => [...new Set(codes)].toSorted();
  expect(codesOf(evidence.map(({ condition }) => condition))).toEqual(codesOf(Object.keys(TRINITY_WORDS.conditions)));
  expect(codesOf(evidence.map(({ category }) => category))).toEqual(codesOf(Object.keys(TRINITY_WORDS.categories)));
});
