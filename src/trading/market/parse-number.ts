import { decimal, toPlain } from "../money";

// Two exponent digits are enough for any price or volume, and keep a hostile "1e999999" from filling memory.
const DECIMAL_TEXT = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?$/;
const TEXT_LENGTH_MAX = 64;

/**
 * A number from an outside source as a finite double; null for anything else: null, undefined, "", text, NaN, Infinity,
 * an object. A venue writes numbers as text and leaves the text empty where it has none.
 */
export const parseNumber = (value: unknown): number | null => {
  const text = numberText(value);
  return text === null ? null : Number(text);
};

/** The same number as exact decimal text in plain notation ("1e-7" becomes "0.0000001"), for reading money. */
export const parseDecimalText = (value: unknown): string | null => {
  const text = numberText(value);
  if (text === null) return null;
  const number = decimal(text);
  return number.isZero() ? "0" : toPlain(number);
};

const numberText = (value: unknown): string | null => {
  const text = typeof value === "number" ? String(value) : value;
  const isNumber = typeof text === "string" && text.length <= TEXT_LENGTH_MAX && DECIMAL_TEXT.test(text);
  return isNumber ? text : null;
};
