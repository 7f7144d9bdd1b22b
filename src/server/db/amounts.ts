import { invariant } from "~/trading/invariant";
import { decimal, toPlain, type Decimal } from "~/trading/money";

/** The columns are Decimal(38,18): more would be cut in silence, so it is refused here. */
const SCALE = 18;
const INTEGER_DIGITS_MAX = 20;

/** A Decimal as the database takes it. Throws InvariantError for one that would not read back as it is. */
export const toColumn = (value: Decimal): string => {
  invariant(value.isFinite(), `an amount must be finite, was ${value.toString()}`);
  invariant(value.decimalPlaces() <= SCALE, `an amount has at most ${SCALE} decimals, was ${toPlain(value)}`);
  invariant(
    value.abs().lt(`1e${INTEGER_DIGITS_MAX}`),
    `an amount is below 1e${INTEGER_DIGITS_MAX}, was ${toPlain(value)}`,
  );
  return toPlain(value);
};

export const toColumnOrNull = (value: Decimal | null): string | null => (value === null ? null : toColumn(value));

/** What the database gives, as our Decimal. */
export const fromColumn = (value: { toString(): string }): Decimal => decimal(value.toString());

export const fromColumnOrNull = (value: { toString(): string } | null): Decimal | null =>
  value === null ? null : fromColumn(value);
