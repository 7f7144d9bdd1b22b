import { priceToMoney, type Decimal } from "../money";

/**
 * Exact amounts as whole numbers of the last decimal of money: loops over many candles add them without a Decimal. A
 * double tells all decimals of 15 digits apart, so that an amount is found in one and given back by its shortest text.
 */
const DECIMALS = 8;
const SCALE = 10 ** DECIMALS;
export const UNITS_MAX = 1e15;

/** Null where the amount has more decimals or digits. */
export const toUnits = (amount: Decimal): number | null => scaleExactly(amount, DECIMALS);

export const fromUnits = (units: number): Decimal => priceToMoney(units / SCALE);

/** `amount` times a power of ten, null where that is no whole number of at most 15 digits. */
export const scaleExactly = (amount: Decimal, decimals: number): number | null => {
  if (amount.decimalPlaces() > decimals) return null;
  const units = Math.round(amount.toNumber() * 10 ** decimals);
  return Math.abs(units) < UNITS_MAX ? units : null;
};

/** Prices as whole numbers of their last decimal. */
export type WholePrices = { readonly decimals: number; readonly prices: Float64Array };

/** Null where they have more decimals than money, or more than 15 digits. */
export const toWholePrices = (prices: Float64Array): WholePrices | null => {
  const whole = new Float64Array(prices.length);
  let [decimals, scale, from] = [0, 1, 0];
  for (let index = 0; index < prices.length; index += 1) {
    const price = prices[index] as number;
    let units = Math.round(price * scale);
    while (units / scale !== price) {
      if (decimals === DECIMALS) return null;
      decimals += 1;
      scale = 10 ** decimals;
      units = Math.round(price * scale);
      from = index;
    }
    if (units >= UNITS_MAX) return null;
    whole[index] = units;
  }
  for (let index = 0; index < from; index += 1) {
    const units = Math.round((prices[index] as number) * scale);
    if (units >= UNITS_MAX) return null;
    whole[index] = units;
  }
  return { decimals, prices: whole };
};

/** The profit of a position in whole units, by the price that it is marked at in those of its market. */
export type ProfitUnits = { readonly entry: number; readonly priceFactor: number; readonly profitFactor: number };

/** Null where a profit may have more decimals than money, so that it would be rounded. */
export const profitUnits = (
  { side, entryPrice, quantity }: { readonly side: "long" | "short"; readonly entryPrice: Decimal; readonly quantity: Decimal },
  decimals: number,
): ProfitUnits | null => {
  const priceDecimals = Math.max(decimals, entryPrice.decimalPlaces());
  const quantityDecimals = quantity.decimalPlaces();
  const spare = DECIMALS - priceDecimals - quantityDecimals;
  const entry = scaleExactly(entryPrice, priceDecimals);
  const size = scaleExactly(quantity, quantityDecimals);
  if (spare < 0 || entry === null || size === null) return null;
  return {
    entry,
    priceFactor: 10 ** (priceDecimals - decimals),
    profitFactor: (side === "long" ? 1 : -1) * size * 10 ** spare,
  };
};
