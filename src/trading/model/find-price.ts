import type { ModelPrice } from "./model-price";

export type PriceFinding =
  { readonly outcome: "priced"; readonly price: ModelPrice } | { readonly outcome: "refused"; readonly reason: string };

type Priced = { readonly id: string; readonly prices: readonly ModelPrice[] };

const latest = (a: ModelPrice, b: ModelPrice): ModelPrice => (b.validFrom >= a.validFrom ? b : a);

/** The price that holds at `at` (ms of wall time): the newest that had begun by then. None is a refusal, never 0. */
export const findPrice = ({ id, prices }: Priced, at: number): PriceFinding => {
  const begun = prices.filter(({ validFrom }) => validFrom <= at);
  if (begun.length > 0) return { outcome: "priced", price: begun.reduce(latest) };
  const reason =
    prices.length === 0
      ? `No price is known for ${id}, so what it costs cannot be limited.`
      : `No price of ${id} is known for that time: it is older than the first known one.`;
  return { outcome: "refused", reason };
};
