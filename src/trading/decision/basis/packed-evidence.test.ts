import { expect, it } from "vitest";
import { aggregateCandles } from "../../market/aggregate-candles";
import { createSyntheticCandles } from "../../market/synthetic-candles";
import { analyseTrinity } from "../modes/trinity/analyse-trinity";
import { decideTrinity } from "../modes/trinity/decide-trinity";
import { trinitySettingsSchema } from "../modes/trinity/trinity-settings";
import { packEvidence, unpackEvidence } from "./packed-evidence";

const HOUR_MS = 3_600_000;
const candles = createSyntheticCandles({
  seed: 4,
  count: 500,
  volatility: 0.02,
  startPrice: 0.000012345,
  startTime: 0,
});
const confirmCandles = aggregateCandles(candles, { from: "1h", to: "4h" });
const settings = trinitySettingsSchema.parse({});

const decideAt = (hour: number) =>
  decideTrinity({
    pair: "PEPE/USDT",
    settings,
    analysis: analyseTrinity({ time: hour * HOUR_MS, settings, series: [candles, confirmCandles] }),
    position: null,
  });

it("gives back what was packed, through JSON", () => {
  const { evidence } = decideAt(480);
  expect(evidence.length).toBeGreaterThan(30);
  expect(unpackEvidence(JSON.parse(JSON.stringify(packEvidence(evidence))))).toEqual(evidence);
});

it("stays far below the 8 KB that a cycle's evidence may take, also as PostgreSQL prints it", () => {
  const sizes = Array.from({ length: 100 }, (_, n) => {
    const text = JSON.stringify(packEvidence(decideAt(400 + n).evidence));
    return text.length + text.split(",").length; // jsonb prints a space after each comma
  });
  expect(Math.max(...sizes)).toBeLessThan(6000);
});

it("refuses what is not packed evidence", () => {
  expect(() => unpackEvidence([{ side: "long" }])).toThrow(/expected array/);
  expect(() => unpackEvidence([["long", 1]])).toThrow(/too small/i);
});
