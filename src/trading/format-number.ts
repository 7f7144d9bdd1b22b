import { decimal, Decimal, type DecimalInput } from "./money";

const SIGNIFICANT = 4;
const MONEY_DECIMALS = 2;
const GROUP = /\B(?=(\d{3})+(?!\d))/g;
const MINUS = "−";

/** A number in plain notation for readers: thousands grouped, a true minus sign. */
export const formatGrouped = (plain: string): string => {
  const [whole = "0", fraction] = plain.replace("-", "").split(".");
  const text = `${whole.replace(GROUP, ",")}${fraction === undefined ? "" : `.${fraction}`}`;
  return plain.startsWith("-") && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
};

/** Four significant digits, no trailing zeros: how readers see an indicator, a share or a ratio. */
export const formatShort = (value: DecimalInput, digits = SIGNIFICANT): string => {
  const number = decimal(value);
  return number.isFinite() ? formatGrouped(decimal(number.toPrecision(digits)).toFixed()) : "without bound";
};

/** "1,234.50 USDT": always two decimals. */
export const formatMoney = (value: DecimalInput): string =>
  `${formatGrouped(decimal(value).toFixed(MONEY_DECIMALS))} USDT`;

/** The same of a bound that somebody may go up to: cut off, so that it is never more than the bound. */
export const formatMoneyAtMost = (bound: DecimalInput): string =>
  formatMoney(decimal(bound).toDecimalPlaces(MONEY_DECIMALS, Decimal.ROUND_DOWN));

/** A price with all its digits: it must already be on its market's tick. */
export const formatUsdtPrice = (value: DecimalInput): string => `${formatGrouped(decimal(value).toFixed())} USDT`;

/** Significant digits of a calculated price: market prices have no more. */
const PRICE_DIGITS = 8;

/** A calculated price that is on no tick, rounded: a third of a margin has endless digits. */
export const formatRoundUsdtPrice = (value: DecimalInput): string => `${formatShort(value, PRICE_DIGITS)} USDT`;

/** A fraction as percent with four significant digits: 0.000567 is "0.0567 %". */
export const formatShare = (fraction: DecimalInput): string => `${formatShort(decimal(fraction).times(100))} %`;

/** "1 entry", "2 entries". */
export const formatCount = (value: DecimalInput, one: string, many: string): string =>
  `${formatShort(value)} ${decimal(value).eq(1) ? one : many}`;

const UNITS = [
  { seconds: 86_400, name: "d" },
  { seconds: 3600, name: "h" },
  { seconds: 60, name: "min" },
  { seconds: 1, name: "s" },
] as const;

/** A length of time in its two largest units that are not zero: "1 h 30 min", "5 min", "45 s". Under a second is "1 s". */
export const formatSeconds = (seconds: DecimalInput): string => {
  let rest = Math.max(1, decimal(seconds).round().toNumber());
  const parts = UNITS.flatMap(({ seconds: size, name }) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count} ${name}`];
  });
  return parts.slice(0, 2).join(" ");
};

/** Two values in words. When different values round to the same words, the first is "just over" or "just under". */
export const toldApart = (
  [measured, limit]: readonly [DecimalInput, DecimalInput],
  say: (value: DecimalInput) => string,
): readonly [string, string] => {
  const [one, other] = [say(measured), say(limit)];
  if (one !== other || decimal(measured).eq(limit)) return [one, other];
  return [`just ${decimal(measured).gt(limit) ? "over" : "under"} ${other}`, other];
};
