import { Decimal } from "decimal.js";

export type NamedPrice = { readonly name: string; readonly price: string };
/** `place` 0..1 from the lowest price to the highest; `change` is the fraction from the entry. */
export type PlacedPrice = NamedPrice & { readonly place: number; readonly change: number };

/** Prices on one scale, lowest first. */
export const placePrices = (prices: readonly NamedPrice[], entryPrice: string): PlacedPrice[] => {
  const values = prices.map(({ price }) => new Decimal(price));
  if (values.length === 0) return [];
  const [low, high] = [Decimal.min(...values), Decimal.max(...values)];
  const span = high.minus(low);
  return prices
    .map(({ name, price }) => ({
      name,
      price,
      place: span.isZero() ? 0.5 : new Decimal(price).minus(low).div(span).toNumber(),
      change: new Decimal(price).div(entryPrice).minus(1).toNumber(),
    }))
    .toSorted((first, second) => first.place - second.place);
};
