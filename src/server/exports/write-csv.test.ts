import fc from "fast-check";
import { expect, it } from "vitest";
import type { Cells, Column, ColumnKind } from "./columns";
import { createCsvWriter } from "./write-csv";

/** Reads CSV by the grammar of RFC 4180, character by character; shares nothing with the writer. */
const readCsv = (text: string): string[][] => {
  const lines: string[][] = [];
  let [line, cell, isQuoted]: [string[], string, boolean] = [[], "", false];
  for (let index = 0; index < text.length; index++) {
    const [here, next] = [text.charAt(index), text.charAt(index + 1)];
    if (isQuoted && here === '"' && next === '"') cell += text.charAt(index++);
    else if (here === '"') isQuoted = !isQuoted;
    else if (!isQuoted && here === ",") [line, cell] = [[...line, cell], ""];
    else if (!isQuoted && here === "\r" && next === "\n") {
      lines.push([...line, cell]);
      [line, cell] = [[], ""];
      index++;
    } else cell += here;
  }
  return lines;
};

const columnsOf = (...kinds: ColumnKind[]): Column[] => kinds.map((kind, index) => ({ name: `c${index}`, kind }));
const write = (columns: readonly Column[], rows: readonly Cells[]): string => {
  const { head, row, tail } = createCsvWriter(columns);
  return head + rows.map((cells, index) => row(cells, index === 0)).join("") + tail;
};

const cell = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", "=", "+", "-", "@", "\t", "'", "1") }),
);
const isFormula = (text: string): boolean => "=+-@\t\r\n＝＋－＠".includes(text.charAt(0)) && text !== "";

it("says the same to an independent reader, whatever its texts hold, but for the mark before a formula", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }), (rows) => {
      const columns = columnsOf("text", "text", "time");
      const expected = rows.map((row) => row.map((text) => (isFormula(text) ? `'${text}` : text)));
      expect(readCsv(write(columns, rows))).toEqual([["c0", "c1", "c2"], ...expected]);
    }),
  );
});

it("has no text that a spreadsheet would take for a formula", () => {
  for (const text of [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    '=HYPERLINK("http://a")',
  ]) {
    expect(readCsv(write(columnsOf("text"), [[text]])).at(-1)).toEqual([`'${text}`]);
  }
});

it("keeps every number as it is, negative ones too", () => {
  const numbers = ["-1", "-0.000000000000000001", "12345678901234567890.123456789012345678", "0", "-1e-7", "1e+21"];
  for (const kind of ["amount", "number"] as const) {
    expect(
      readCsv(
        write(
          columnsOf(kind),
          numbers.map((text) => [text]),
        ),
      ).slice(1),
    ).toEqual(numbers.map((text) => [text]));
  }
});

it("makes safe what stands in a number's column and is none", () => {
  expect(write(columnsOf("amount"), [["-1+cmd|' /C calc'!A0"]])).toContain("'-1+cmd");
});

it("leaves a cell empty where nothing is known", () => {
  expect(write(columnsOf("amount", "text"), [[null, null]])).toBe("c0,c1\r\n,\r\n");
});
