import fc from "fast-check";
import { expect, it } from "vitest";
import type { Cells, Column } from "./columns";
import { createJsonWriter } from "./write-json";

const COLUMNS: readonly Column[] = [
  { name: "name", kind: "text" },
  { name: "fee_usdt", kind: "amount" },
  { name: "score", kind: "number" },
];

const piecesOf = (rows: readonly Cells[]): string[] => {
  const { head, row, tail } = createJsonWriter(COLUMNS);
  return [head, ...rows.map((cells, index) => row(cells, index === 0)), tail];
};
const read = (rows: readonly Cells[]): unknown => JSON.parse(piecesOf(rows).join(""));

it("is one document, whatever texts and however many rows", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string({ unit: "binary" })), { maxLength: 5 }), (names) => {
      const expected = names.map((name) => ({ name, fee_usdt: "-0.10", score: 0.5 }));
      expect(read(names.map((name) => [name, "-0.10", "0.5"]))).toEqual(expected);
    }),
  );
});

it("keeps all digits of an amount, and a formula's text as it is", () => {
  const fee = "12345678901234567890.123456789012345678";
  expect(read([["=1+1", fee, "1e-05"]])).toEqual([{ name: "=1+1", fee_usdt: fee, score: 0.00001 }]);
});

it("says null for what is not known, and never NaN", () => {
  expect(read([[null, null, "NaN"]])).toEqual([{ name: null, fee_usdt: null, score: null }]);
});

it("cannot be read without its end", () => {
  const pieces = piecesOf([
    ["a", "1", "1"],
    ["b", "1", "1"],
  ]);
  for (let count = 0; count < pieces.length; count++) {
    expect(() => JSON.parse(pieces.slice(0, count).join("")) as unknown).toThrow(SyntaxError);
  }
});
