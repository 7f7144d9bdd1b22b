import type { Column, Writer } from "./columns";

/** Amounts are text, since a double would lose digits. */
const valueOf = (cell: string | null, { kind }: Column): string => {
  if (cell === null) return "null";
  if (kind !== "number") return JSON.stringify(cell);
  return Number.isFinite(Number(cell)) ? JSON.stringify(Number(cell)) : "null";
};

/** One JSON array with an object a row. Without its end it is no JSON, so half a file is not taken for a whole one. */
export const createJsonWriter = (columns: readonly Column[]): Writer => ({
  head: "[",
  row: (cells, isFirst) => {
    const members = columns.map(
      (column, index) => `${JSON.stringify(column.name)}:${valueOf(cells[index] ?? null, column)}`,
    );
    return `${isFirst ? "" : ","}\n{${members.join(",")}}`;
  },
  tail: "\n]\n",
});
