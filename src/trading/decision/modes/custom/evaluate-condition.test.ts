import { describe, expect, it } from "vitest";
import type { Candle } from "../../../market/candle";
import { conditionSchema } from "./condition-schema";
import { createConditions } from "./evaluate-condition";
import { readCondition } from "./read-condition";
import type { RuleMarket } from "./rule-market";
import { createValues } from "./rule-values";

const HOUR_MS = 3_600_000;
const DAY = 24;

/** Hours of these closes up to a time; an unknown volume is null. */
const hours = (closes: readonly number[], volumes: readonly (number | null)[] = []): Candle[] =>
  closes.map((close, index) => ({
    openTime: index * HOUR_MS,
    open: close,
    high: close + 1,
    low: close - 1,
    close,
    volume: volumes[index] === undefined ? 10 : volumes[index],
  }));

const readerOf = (candles: readonly Candle[], second: Partial<RuleMarket> = {}) => {
  const time = candles.length * HOUR_MS;
  const none = { secondTimeframe: null, secondCandles: [] };
  const valueAt = createValues({ time, timeframe: "1h", candles, ...none, ...second });
  return { valueAt, holdsAt: createConditions(valueAt) };
};

const holds = (closes: readonly number[], condition: unknown, volumes?: readonly (number | null)[]) =>
  readerOf(hours(closes, volumes)).holdsAt(conditionSchema.parse(condition), 0);

const above = (right: unknown) => ({ left: "close", is: ">", right });
const before = { indicator: "price", output: "close", ago: 1 };
const unknown = { left: { indicator: "sma", parameters: { period: 50 } }, is: ">", right: 0 };

describe("a comparison", () => {
  it.each([
    ["<", 9, true],
    ["<", 10, false],
    ["<=", 10, true],
    [">", 10, false],
    [">=", 10, true],
    [">", 11, true],
  ] as const)("close %s 10 at a close of %d is %s", (is, close, met) => {
    expect(holds([close], { left: "close", is, right: 10 })).toBe(met);
  });

  it.each<[string, unknown, number]>([
    ["a field", "high", 21],
    ["a value candles ago", before, 10],
    ["a multiple with an offset", { of: "close", times: 0.5, plus: 3 }, 13],
    ["the greatest", { greatest: ["close", before, 3] }, 20],
    ["the least", { least: ["close", before, 30] }, 10],
    ["a sum", { sum: ["close", before, 1] }, 31],
    ["a difference", { difference: ["close", before] }, 10],
    ["a ratio", { ratio: ["close", before] }, 2],
  ])("compares %s", (_, left, value) => {
    expect(
      holds([10, 20], {
        all: [
          { left, is: ">=", right: value },
          { left, is: "<=", right: value },
        ],
      }),
    ).toBe(true);
  });

  it.each<[string, unknown]>([
    ["an indicator that is not warm", unknown],
    ["a candle before the first", { left: { ...before, ago: 9 }, is: "<", right: 1e9 }],
    ["a division by nothing", { left: { ratio: ["close", 0] }, is: ">", right: 0 }],
    ["a second timeframe that is not there", above({ indicator: "price", output: "close", timeframe: "second" })],
    ["a volume that the market does not tell", { left: "volume", is: ">=", right: 0 }],
    ["a value made of something unknown", above({ sum: ["volume", 1] })],
  ])("with %s is unknown, and so is its opposite", (_, condition) => {
    expect(holds([1, 2], condition, [1, null])).toBeNull();
    expect(holds([1, 2], { not: condition }, [1, null])).toBeNull();
  });
});

describe("a crossing", () => {
  const up = { left: "close", crosses: "up", over: 10 };
  it.each([
    ["from below to above", [9, 11], true],
    ["from the line itself", [10, 11], true],
    ["only to the line", [9, 10], false],
    ["while it was above", [11, 12], false],
    ["of the first candle", [11], null],
  ])("up: %s", (_, closes, met) => {
    expect(holds(closes, up)).toBe(met);
    expect(
      holds(
        closes.map((close) => 20 - close),
        { ...up, crosses: "down" },
      ),
    ).toBe(met);
  });

  const through = { left: "close", crosses: "up", over: 20, from: 10 };
  it.each([
    ["at once", [9, 21], true],
    ["with candles inside", [9, 15, 10, 20, 21], true],
    ["out of which it came before", [21, 15, 21], false],
    ["not left yet", [9, 15], false],
    ["left a candle ago", [9, 15, 21, 22], false],
    ["where it was inside as long as is known", [15, 21], null],
  ])("through a zone: %s", (_, closes, met) => {
    expect(holds(closes, through)).toBe(met);
    const down = { left: "close", crosses: "down", over: 10, from: 20 };
    expect(
      holds(
        closes.map((close) => 30 - close),
        down,
      ),
    ).toBe(met);
  });
});

describe("conditions of conditions", () => {
  const [yes, no] = [above(0), above(99)];
  it.each<[string, unknown, boolean | null]>([
    ["all", { all: [yes, yes] }, true],
    ["all with one that does not hold", { all: [yes, no, unknown] }, false],
    ["all with an unknown one", { all: [yes, unknown] }, null],
    ["any", { any: [no, yes, unknown] }, true],
    ["any with an unknown one", { any: [no, unknown] }, null],
    ["not", { not: no }, true],
    ["at least two", { atLeast: 2, of: [yes, no, yes] }, true],
    ["at least two with too few", { atLeast: 2, of: [yes, no, no] }, false],
    ["at least two, if the unknown one holds", { atLeast: 2, of: [yes, no, unknown] }, null],
    ["at least two, whatever the unknown one does", { atLeast: 2, of: [yes, yes, unknown] }, true],
  ])("%s", (_, condition, met) => {
    expect(holds([10], condition)).toBe(met);
  });

  it.each<[string, number[], boolean | null, boolean | null]>([
    ["at each of the last three", [0, 11, 12, 13], true, true],
    ["not at the oldest of the three", [11, 0, 12, 13], false, true],
    ["at the oldest of the three only", [0, 11, 0, 0], false, true],
    ["longer ago", [11, 0, 0, 0], false, false],
    ["at two, of the third nothing is known", [11, 12], null, true],
    ["at none of two, of the third nothing is known", [0, 0], false, null],
  ])("for and within three candles: %s", (_, closes, persistent, within) => {
    expect(holds(closes, { forCandles: 3, holds: above(10) })).toBe(persistent);
    expect(holds(closes, { withinCandles: 3, holds: above(10) })).toBe(within);
  });
});

describe("the second timeframe", () => {
  const second = { indicator: "price", output: "close", timeframe: "second" };
  const candles = hours(Array.from({ length: DAY }, (_, hour) => hour));
  /** 4h candles that close with the hours 3, 7, 11, 15, 19 and 23. */
  const slower = [3, 7, 11, 15, 19, 23].map((close, index) => ({
    ...hours([close])[0],
    openTime: index * 4 * HOUR_MS,
  }));
  const readAt = (count: number, known = slower) =>
    readerOf(candles.slice(0, count), { secondTimeframe: "4h", secondCandles: known as Candle[] }).valueAt(
      { ...second, parameters: {}, timeframe: "second", ago: 0 },
      0,
    );

  it("is read as it had closed with the decision candle, also at earlier ones", () => {
    expect([3, 4, 7, 8, 24].map((count) => readAt(count))).toEqual([null, 3, 3, 7, 23]);
    const reader = readerOf(candles, { secondTimeframe: "4h", secondCandles: slower as Candle[] });
    const operand = { ...second, parameters: {}, timeframe: "second", ago: 0 } as const;
    expect([0, 1, 4, 5].map((back) => reader.valueAt(operand, back))).toEqual([23, 19, 19, 15]);
    expect(reader.valueAt({ ...operand, ago: 1 }, 1)).toBe(15);
  });

  it("is unknown where its newest candle is missing: an older one may say the opposite", () => {
    expect(readAt(24, slower.slice(0, -1))).toBeNull();
    expect(readAt(23, slower.slice(0, -1))).toBe(19);
  });
});

describe("what is shown of a condition", () => {
  const shown = (closes: readonly number[], condition: unknown) =>
    readCondition(conditionSchema.parse(condition), readerOf(hours(closes)));
  it.each<[string, unknown, object]>([
    ["a comparison", above(9), { value: 11, operator: ">", threshold: 9, met: true }],
    [
      "a crossing",
      { left: "close", crosses: "up", over: 10 },
      { value: 11, operator: "crosses-up", threshold: 10, met: true },
    ],
    ["all", { all: [above(0), above(99)] }, { value: 1, operator: ">=", threshold: 2, met: false }],
    ["any", { any: [above(0), above(99)] }, { value: 1, operator: ">=", threshold: 1, met: true }],
    ["not", { not: above(0) }, { value: 1, operator: "<", threshold: 1, met: false }],
    ["at least", { atLeast: 1, of: [above(99)] }, { value: 0, operator: ">=", threshold: 1, met: false }],
    ["for candles", { forCandles: 2, holds: above(10) }, { value: 1, operator: ">=", threshold: 2, met: false }],
    ["what is unknown", { all: [unknown] }, { value: null, operator: ">=", threshold: 1, met: null }],
    [
      "yes or no",
      { yes: { indicator: "range-position", parameters: { period: 2 }, output: "isPremium" } },
      { value: 1, operator: "is", threshold: 1, met: true },
    ],
    [
      "no or yes",
      { no: { indicator: "range-position", parameters: { period: 2 }, output: "isPremium" } },
      { value: 1, operator: "is", threshold: 0, met: false },
    ],
  ])("%s", (_, condition, reading) => {
    expect(shown([9, 11], condition)).toEqual(reading);
  });
});
