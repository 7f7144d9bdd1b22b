import { InvariantError } from "../../invariant";

/** Throws RangeError unless `period` is a positive integer. `name` names it in the message. */
export const checkPeriod = (name: string, period: number): void => {
  if (!Number.isSafeInteger(period) || period < 1) {
    throw new RangeError(`the period of ${name} must be a positive integer, was ${period}`);
  }
};

/** Throws RangeError unless `multiple` is a finite number above 0. */
export const checkMultiple = (name: string, multiple: number): void => {
  if (!Number.isFinite(multiple) || multiple <= 0) {
    throw new RangeError(`${name} must be a finite number above 0, was ${multiple}`);
  }
};

/**
 * Throws InvariantError for NaN and infinities: one of them would silently spoil every later value. The message is only
 * built on failure, because this runs for each value of each indicator.
 */
export const checkFinite = (value: number): void => {
  if (!Number.isFinite(value)) {
    throw new InvariantError(`invariant broken: an indicator is fed finite numbers, was ${value}`);
  }
};

/** Throws InvariantError unless `price` is finite and above 0, so that it is safe to divide by. */
export const checkPrice = (price: number): void => {
  if (!(price > 0 && price < Infinity)) {
    throw new InvariantError(`invariant broken: a price is above 0, was ${price}`);
  }
};
