import { expect, it } from "vitest";
import type { Candle } from "../../candle";
import { createBandExpansion } from "../band-expansion";
import { createIchimoku } from "../ichimoku";
import { computeLast } from "../indicator";
import { createKnownAverage } from "../known-average";
import { createSma } from "../sma";
import { createStochastic } from "../stochastic";
import { createVolumeDelta } from "../volume-delta";
import { createVwap } from "../vwap-bands";
import { BAND_EXPANSION_LOOKBACK, bandExpansionSeries } from "./band-expansion-series";
import { toColumns, type CandleColumns } from "./candle-columns";
import { ICHIMOKU_LOOKBACK, ichimokuSeries } from "./ichimoku-series";
import { rollingMeans } from "./rolling-means";
import { STOCHASTIC_LOOKBACK, stochasticSeries } from "./stochastic-series";
import { VOLUME_DELTA_CANDLES, volumeDeltaSeries } from "./volume-delta-series";
import { vwapSeries } from "./vwap-series";
import { expectSameBits, type Row } from "./contract/expect-same-bits";

const closesOf = (candles: readonly Candle[]): number[] => candles.map(({ close }) => close);

type Tuple = [name: Row["name"], slow: Row["slow"], fast: Row["fast"]];

/** A table's columns at a candle, unless the window has too few candles before it. */
const fromTable =
  (
    tableOf: (columns: CandleColumns) => Readonly<Record<string, Float64Array>>,
    isWarm: (before: number, known: number) => boolean,
  ): Row["fast"] =>
  (columns, { firsts }) => {
    const table = tableOf(columns);
    return (window, last) => {
      const before = last - (firsts[window] as number);
      const known = Math.min(before + 1, columns.knownVolumes[last] ?? 0);
      if (!isWarm(before, known)) return undefined;
      return Object.fromEntries(Object.entries(table).map(([name, values]) => [name, values[last]]));
    };
  };

const named = (value: number | undefined) => (value === undefined ? undefined : { value });

const WINDOWED: Tuple[] = [
  [
    "SMA 200",
    (candles) => named(computeLast(createSma(200), closesOf(candles))),
    fromTable(
      ({ closes }) => ({ value: rollingMeans(closes, 200) }),
      (before) => before >= 199,
    ),
  ],
  [
    "mean volume 20",
    (candles) =>
      named(
        computeLast(
          createKnownAverage(20),
          candles.map(({ volume }) => volume),
        ),
      ),
    fromTable(
      ({ volumes }) => ({ value: rollingMeans(volumes, 20) }),
      (_, known) => known >= 20,
    ),
  ],
  [
    "band expansion",
    (candles) => computeLast(createBandExpansion(), closesOf(candles)),
    fromTable(
      ({ closes }) => bandExpansionSeries(closes),
      (before) => before >= BAND_EXPANSION_LOOKBACK,
    ),
  ],
  [
    "Ichimoku 9/26/52",
    (candles) => computeLast(createIchimoku(), candles),
    fromTable(ichimokuSeries, (before) => before >= ICHIMOKU_LOOKBACK),
  ],
  [
    "stochastic 14/3/3",
    (candles) => computeLast(createStochastic(), candles),
    fromTable(stochasticSeries, (before) => before >= STOCHASTIC_LOOKBACK),
  ],
  [
    "volume delta",
    (candles) => computeLast(createVolumeDelta(), candles),
    fromTable(volumeDeltaSeries, (_, known) => known >= VOLUME_DELTA_CANDLES),
  ],
  [
    "VWAP 24",
    (candles) => computeLast(createVwap(24), candles) ?? Number.NaN,
    (columns, { firsts }) => {
      const values = vwapSeries(columns);
      return (window, last) => (last - (firsts[window] as number) < 23 ? Number.NaN : values[last]);
    },
  ],
];

it.each(WINDOWED)(
  "%s is in each of many windows, to the last bit, what the indicator answers that is fed its candles",
  (name, slow, fast) => {
    expectSameBits({ name, slow, fast });
  },
);

it.each([
  ["a close of 0", { close: 0 }],
  ["a high that is no number", { high: Number.NaN }],
  ["an infinite low", { low: Number.NEGATIVE_INFINITY }],
  ["an open that is no number", { open: Number.NaN }],
  ["a volume that is no number", { volume: Number.NaN }],
])("candles with %s are refused", (_, change) => {
  const candle: Candle = { openTime: 0, open: 1, high: 1, low: 1, close: 1, volume: null };
  expect(() => toColumns([candle, { ...candle, ...change }])).toThrow("invariant broken");
});
