import fc from "fast-check";
import { expect, it } from "vitest";
import { allOf, anyOf, type Truth } from "../../analysis/condition";
import { createConditions } from "./evaluate-condition";
import { innerOf, type Condition } from "./rule-types";

const CANDLES = 12;
const VALUES = [null, 0, 1] as const;

/** A leaf reads a row of a table: 1 is above a half, 0 is not, null is unknown. */
const leaf = fc.nat(2).map((row): Condition => ({ left: row + 10, is: ">", right: 0.5 }));
const { condition: conditions } = fc.letrec<{ condition: Condition }>((tie) => {
  const lists = fc.array(tie("condition"), { minLength: 1, maxLength: 3 });
  return {
    condition: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      leaf,
      lists.map((all) => ({ all })),
      lists.map((any) => ({ any })),
      tie("condition").map((not) => ({ not })),
      fc.tuple(fc.nat(2), lists).map(([least, of]) => ({ atLeast: Math.min(least + 1, of.length), of })),
      fc.record({ forCandles: fc.integer({ min: 2, max: 4 }), holds: tie("condition") }),
      fc.record({ withinCandles: fc.integer({ min: 2, max: 4 }), holds: tie("condition") }),
    ),
  };
});
const tables = fc.array(fc.array(fc.constantFrom(...VALUES), { minLength: CANDLES, maxLength: CANDLES }), {
  minLength: 3,
  maxLength: 3,
});

type Table = readonly (readonly (number | null)[])[];
const read = (table: Table, row: number, back: number): number | null => table[row - 10]?.[back] ?? null;

/** Every part, every time. */
const evaluatePlainly = (condition: Condition, back: number, table: Table): Truth => {
  if ("is" in condition) {
    const value = read(table, condition.left as number, back);
    return value === null ? null : value > 0.5;
  }
  if ("holds" in condition) {
    const count = "forCandles" in condition ? condition.forCandles : condition.withinCandles;
    const all = Array.from({ length: count }, (_, index) => evaluatePlainly(condition.holds, back + index, table));
    return "forCandles" in condition ? allOf(all) : anyOf(all);
  }
  const truths = innerOf(condition).map((inner) => evaluatePlainly(inner, back, table));
  if ("all" in condition) return allOf(truths);
  if ("any" in condition) return anyOf(truths);
  if ("not" in condition) return truths[0] === null ? null : truths[0] !== true;
  const least = "atLeast" in condition ? condition.atLeast : 0;
  const [met, unknown] = [true, null].map((wanted) => truths.filter((truth) => truth === wanted).length);
  if ((met ?? 0) >= least) return true;
  return (met ?? 0) + (unknown ?? 0) >= least ? null : false;
};

const readerOf = (table: Table, asked: number[] = []) =>
  createConditions((operand, back) => {
    if (typeof operand !== "number" || operand < 10) return typeof operand === "number" ? operand : null;
    asked.push(back);
    return read(table, operand, back);
  });

it("says the same as an evaluation of every part", () => {
  fc.assert(
    fc.property(conditions, tables, (condition, table) => {
      expect(readerOf(table)(condition, 0)).toBe(evaluatePlainly(condition, 0, table));
    }),
    { numRuns: 2000 },
  );
});

it.each<[string, Condition, number]>([
  ["one that fails", { forCandles: 100, holds: { left: 10, is: ">", right: 0.5 } }, 0],
  ["one that holds", { withinCandles: 100, holds: { left: 10, is: ">", right: 0.5 } }, 1],
])("looks no further than %s", (_, condition, value) => {
  const asked: number[] = [];
  readerOf([Array.from({ length: 100 }, () => value)], asked)(condition, 0);
  expect(asked).toEqual([0]);
});
