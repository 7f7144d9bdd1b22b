import { decimal, type DecimalInput } from "./money";

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

/** Four significant digits, no trailing zeros: what is left of an indicator, a share or a ratio for readers. */
export const formatShort = (value: DecimalInput, digits = SIGNIFICANT): string => {
  const number = decimal(value);
  return number.isFinite() ? formatGrouped(decimal(number.toPrecision(digits)).toFixed()) : "without bound";
};

/** "1,234.50 USDT": two decimals at most and at least. */
export const formatMoney = (value: DecimalInput): string =>
  `${formatGrouped(decimal(value).toFixed(MONEY_DECIMALS))} USDT`;

/** A price with all its digits: it is on its market's tick already. */
export const formatUsdtPrice = (value: DecimalInput): string => `${formatGrouped(decimal(value).toFixed())} USDT`;

/** Prices of markets have no more digits than these. */
const PRICE_DIGITS = 8;

/** A price that was calculated and lies on no tick: a third of a margin has digits without end. */
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

/** Two values in words that differ where the values do: what rounds to its limit is "just over" or "just under" it. */
export const toldApart = (
  [measured, limit]: readonly [DecimalInput, DecimalInput],
  say: (value: DecimalInput) => string,
): readonly [string, string] => {
  const [one, other] = [say(measured), say(limit)];
  if (one !== other || decimal(measured).eq(limit)) return [one, other];
  return [`just ${decimal(measured).gt(limit) ? "over" : "under"} ${other}`, other];
};
