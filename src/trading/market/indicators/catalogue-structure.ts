import type { Candle } from "../candle";
import { createDonchianChannel } from "./donchian-channel";
import { createFairValueGaps, type FairValueGap } from "./fair-value-gap";
import { createRangePosition } from "./range-position";
import { createHighest, createLowest } from "./rolling-extremes";
import { createSupportResistance, type PriceLevel } from "./support-resistance";
import { candles, defineEntry, factor, ofCandles, toFlag, toLine, type CatalogueEntry } from "./catalogue-entry";

const ranges: readonly CatalogueEntry[] = [
  defineEntry({
    code: "price",
    title: "Price",
    inputs: {},
    outputs: {
      open: { title: "open", unit: "price" },
      high: { title: "high", unit: "price" },
      low: { title: "low", unit: "price" },
      close: { title: "close", unit: "price" },
    },
    memory: "window",
    lookback: () => 0,
    create: () => ({ next: ({ open, high, low, close }) => ({ open, high, low, close }) }),
  }),
  defineEntry({
    code: "highest-high",
    title: "Highest high, this candle included",
    inputs: { period: candles("the period", 20) },
    outputs: { line: { title: "highest high", unit: "price" } },
    memory: "window",
    lookback: ({ period }) => period - 1,
    create: ({ period }) => {
      const highest = createHighest(period);
      return ofCandles({ next: ({ high }) => highest.next(high) }, toLine);
    },
  }),
  defineEntry({
    code: "lowest-low",
    title: "Lowest low, this candle included",
    inputs: { period: candles("the period", 20) },
    outputs: { line: { title: "lowest low", unit: "price" } },
    memory: "window",
    lookback: ({ period }) => period - 1,
    create: ({ period }) => {
      const lowest = createLowest(period);
      return ofCandles({ next: ({ low }) => lowest.next(low) }, toLine);
    },
  }),
  defineEntry({
    code: "donchian-channel",
    title: "Donchian channel of the candles before",
    inputs: { period: candles("the period", 20) },
    outputs: {
      upper: { title: "previous highest high", unit: "price" },
      middle: { title: "middle of the previous range", unit: "price" },
      lower: { title: "previous lowest low", unit: "price" },
    },
    memory: "window",
    lookback: ({ period }) => period,
    create: ({ period }) => ofCandles(createDonchianChannel(period), (value) => value),
  }),
  defineEntry({
    code: "range-position",
    title: "Position in the range",
    inputs: { period: candles("the period", 20) },
    outputs: {
      line: { title: "position in the range", unit: "fraction" },
      isPremium: { title: "the close is in the premium half", unit: "yes-no" },
      isDiscount: { title: "the close is in the discount half", unit: "yes-no" },
    },
    memory: "window",
    lookback: ({ period }) => period - 1,
    create: ({ period }) =>
      ofCandles(createRangePosition(period), (line) => ({
        line,
        isPremium: toFlag(line > 0.5),
        isDiscount: toFlag(line < 0.5),
      })),
  }),
];

/** Whether a gap of this side is untouched, and whether the close is inside one that is not filled. */
const gapFlags = (gaps: readonly FairValueGap[], side: FairValueGap["side"], { close }: Candle) => {
  const alive = gaps.filter((gap) => gap.side === side && gap.state !== "filled");
  return {
    isOpen: toFlag(alive.some((gap) => gap.state === "open")),
    isInside: toFlag(alive.some((gap) => close >= gap.low && close <= gap.high)),
  };
};

const gaps = defineEntry({
  code: "fair-value-gap",
  title: "Fair value gap",
  inputs: {
    gapMin: factor("the least gap, a fraction of the price", 0.001, [0.0001, 0.1]),
    bodyMin: factor("the least impulse in ATRs", 1.5, [0.1, 10]),
    ageMax: candles("the greatest age", 50, { most: 200 }),
    atrPeriod: candles("the ATR's period", 14, { most: 100 }),
  },
  outputs: {
    bullishOpen: { title: "an untouched bullish gap exists", unit: "yes-no" },
    bearishOpen: { title: "an untouched bearish gap exists", unit: "yes-no" },
    inBullish: { title: "the close is inside a bullish gap", unit: "yes-no" },
    inBearish: { title: "the close is inside a bearish gap", unit: "yes-no" },
  },
  memory: "recursive",
  lookback: ({ atrPeriod }) => atrPeriod + 2,
  create: (settings) =>
    ofCandles(createFairValueGaps(settings), (found, candle) => {
      const bullish = gapFlags(found, "bullish", candle);
      const bearish = gapFlags(found, "bearish", candle);
      return {
        bullishOpen: bullish.isOpen,
        bearishOpen: bearish.isOpen,
        inBullish: bullish.isInside,
        inBearish: bearish.isInside,
      };
    }),
});

const isNear = (level: PriceLevel | undefined, near: number): 1 | 0 =>
  toFlag(level !== undefined && level.distance <= near);

const levels = defineEntry({
  code: "support-resistance",
  title: "Support and resistance",
  inputs: {
    window: candles("the window", 120, { least: 30 }),
    wing: candles("the candles on both sides of a pivot", 3, { most: 10 }),
    width: factor("a level's width in ATRs", 0.5, [0.05, 3]),
    touchesMin: candles("the least number of touches", 2, { most: 10 }),
    near: factor("the distance that counts as near, in ATRs", 0.5, [0.05, 10]),
  },
  outputs: {
    nearSupport: { title: "a support is near", unit: "yes-no" },
    nearResistance: { title: "a resistance is near", unit: "yes-no" },
    supportTouches: { title: "touches of the nearest support", unit: "indicator" },
    resistanceTouches: { title: "touches of the nearest resistance", unit: "indicator" },
  },
  memory: "window",
  lookback: ({ window }) => window - 1,
  create: ({ near, ...settings }) =>
    ofCandles(createSupportResistance(settings), ({ supports, resistances }) => ({
      nearSupport: isNear(supports[0], near),
      nearResistance: isNear(resistances[0], near),
      supportTouches: supports[0]?.touches ?? 0,
      resistanceTouches: resistances[0]?.touches ?? 0,
    })),
});

export const structureEntries: readonly CatalogueEntry[] = [...ranges, gaps, levels];
