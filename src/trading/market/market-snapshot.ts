import { decimal, type Decimal } from "../money";
import { parseDecimalText } from "./parse-number";

/** What a venue showed of one pair at a slot, as decimal text; null is unknown, never 0. */
export type MarketSnapshot = {
  readonly pair: string;
  readonly slot: number;
  readonly referencePrice: string | null;
  readonly last: string | null;
  readonly bid: string | null;
  readonly ask: string | null;
  readonly quoteVolume24h: string | null;
  readonly fundingRate: string | null;
  readonly openInterest: string | null;
};

const positive = (value: unknown): string | null => {
  const text = parseDecimalText(value);
  return text !== null && decimal(text).gt(0) ? text : null;
};

const notNegative = (value: unknown): string | null => {
  const text = parseDecimalText(value);
  return text !== null && decimal(text).gte(0) ? text : null;
};

type Raw = { readonly [Key in Exclude<keyof MarketSnapshot, "pair" | "slot">]: unknown };

/** Keeps only possible values of a venue's answer: prices above 0, volumes of 0 or more, real numbers. */
export const toMarketSnapshot = (pair: string, slot: number, raw: Raw): MarketSnapshot => ({
  pair,
  slot,
  referencePrice: positive(raw.referencePrice),
  last: positive(raw.last),
  bid: positive(raw.bid),
  ask: positive(raw.ask),
  quoteVolume24h: notNegative(raw.quoteVolume24h),
  fundingRate: parseDecimalText(raw.fundingRate),
  openInterest: notNegative(raw.openInterest),
});

/** (ask - bid) / middle; unknown without both, or when they are crossed. */
export const spreadFraction = (snapshot: Pick<MarketSnapshot, "bid" | "ask">): Decimal | null => {
  if (snapshot.bid === null || snapshot.ask === null) return null;
  const [bid, ask] = [decimal(snapshot.bid), decimal(snapshot.ask)];
  if (ask.lt(bid)) return null;
  return ask.minus(bid).div(ask.plus(bid).div(2));
};
