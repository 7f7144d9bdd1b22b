const DIGITS = 8;
const SMALLEST = 10 ** (DIGITS - 1);
/** 1, 10, 100 and so on, as far as they are exact doubles. */
const POWERS: readonly number[] = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
/** Far more than a product's rounding error, which is below 1e-8 here. */
const TIE_MARGIN = 1e-6;

/**
 * Eight significant digits: enough to check by hand, and small enough to store for every cycle. The same as
 * Number(value.toPrecision(8)), which is many times slower: an integer of eight digits divided by an exact power of ten
 * is the double nearest to that decimal. Near a tie, and where no such power is exact, the text decides.
 */
export const roundEvidence = (value: number | null): number | null => {
  if (value === null) return null;
  if (value === 0) return 0; // as the text says of -0
  const size = Math.abs(value);
  const power = DIGITS - 1 - Math.floor(Math.log10(size));
  const scale = POWERS[Math.abs(power)];
  if (scale === undefined) return roundByText(value);
  const digits = power >= 0 ? size * scale : size / scale;
  const whole = Math.round(digits);
  const isTie = Math.abs(Math.abs(digits - whole) - 0.5) < TIE_MARGIN;
  if (isTie || whole < SMALLEST || whole > SMALLEST * 10) return roundByText(value);
  return Math.sign(value) * (power >= 0 ? whole / scale : whole * scale);
};

const roundByText = (value: number): number => Number(value.toPrecision(DIGITS));
