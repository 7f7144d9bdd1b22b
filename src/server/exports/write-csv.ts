import type { Cells, Column, Writer } from "./columns";

/** What a spreadsheet would take for a formula (OWASP, CSV Injection); full-width signs count in some of them. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;
const NEEDS_QUOTES = /[",\r\n]/;

/** An apostrophe before it makes a spreadsheet show a text as it is. A number's minus stays a number's. */
const defuse = (cell: string, kind: Column["kind"]): string => {
  const isNumber = (kind === "amount" || kind === "number") && NUMBER.test(cell);
  return !isNumber && FORMULA.test(cell) ? `'${cell}` : cell;
};

const quote = (cell: string): string => (NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const lineOf = (cells: Cells, columns: readonly Column[]): string =>
  `${columns.map(({ kind }, index) => quote(defuse(cells[index] ?? "", kind))).join(",")}\r\n`;

/** CSV by RFC 4180, its names in the first line. An unknown cell is empty. */
export const createCsvWriter = (columns: readonly Column[]): Writer => ({
  head: lineOf(
    columns.map(({ name }) => name),
    columns.map(({ name }) => ({ name, kind: "text" })),
  ),
  row: (cells) => lineOf(cells, columns),
  tail: "",
});
