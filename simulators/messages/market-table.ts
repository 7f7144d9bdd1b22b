/** A market as the prompt shows it: its pair, and numbers by their column's title in small letters. */
export type TableRow = { readonly pair: string; readonly values: ReadonlyMap<string, number> };

const cellsOf = (line: string): string[] | null =>
  /^\s*\|.*\|\s*$/.test(line)
    ? line
        .trim()
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim())
    : null;

const isRule = (cells: readonly string[]): boolean => cells.every((cell) => /^:?-+:?$/.test(cell));

const toRow = (titles: readonly string[], cells: readonly string[]): TableRow => {
  const values = titles.flatMap((title, column) => {
    const text = cells[column]?.replaceAll(/[,\s%]/g, "") ?? "";
    return text !== "" && Number.isFinite(Number(text)) ? [[title, Number(text)] as const] : [];
  });
  return { pair: cells[titles.indexOf("pair")] ?? "", values: new Map(values) };
};

/**
 * The markets of a prompt: rows of its first table that has a column "pair". All that the simulated trader knows of the
 * prompt's form is here.
 */
export const readMarketTable = (prompt: string): readonly TableRow[] => {
  const lines = prompt.split("\n").map(cellsOf);
  const start = lines.findIndex((cells) => cells?.some((cell) => cell.toLowerCase() === "pair") ?? false);
  const titles = lines[start]?.map((cell) => cell.toLowerCase());
  if (titles === undefined) return [];
  const after = lines.slice(start + 1);
  const end = after.indexOf(null);
  const rows = end === -1 ? after : after.slice(0, end);
  return rows.flatMap((cells) => (cells === null || isRule(cells) ? [] : [toRow(titles, cells)]));
};
