/** `amount`: a decimal with all its digits. `number`: a double or a count. `time`: ISO 8601, UTC. */
export type ColumnKind = "text" | "amount" | "number" | "time";

/** A column of a file. Its name ends with the unit of what it holds. */
export type Column = { readonly name: string; readonly kind: ColumnKind };

/** A row's cells as text, in the order of the columns; null: not known, or there is none. */
export type Cells = readonly (string | null)[];

/** How a file is written, piece by piece. */
export type Writer = {
  readonly head: string;
  /** `isFirst`: no row was written before. */
  row(cells: Cells, isFirst: boolean): string;
  readonly tail: string;
};
