import { decimal, toPlain } from "~/trading/money";

type Amount = { toString(): string };
/** Amounts as plain text, times as ms. */
type Plain = Readonly<Record<string, unknown>>;

/** Some fields of a row or of a value of the core, alike for both. */
export const pick = (row: object, keys: readonly string[]): Plain =>
  Object.fromEntries(
    keys.map((key) => {
      const value: unknown = (row as Record<string, unknown>)[key];
      if (value instanceof Date) return [key, value.getTime()];
      const isAmount = typeof value === "object" && value !== null && "toFixed" in value;
      return [key, isAmount ? toPlain(decimal((value as Amount).toString())) : value];
    }),
  );

export const byText = (rows: readonly Plain[]): string[] => rows.map((row) => JSON.stringify(row)).toSorted();
