import { z } from "zod";
import { feeOf } from "../execution/fees";
import { decimal, Decimal, sumOf, toLotDown, toMoney, toTick, type DecimalInput } from "../money";
import type { PositionSide } from "./position-side";

const LEGS_MAX = 5;

/** A further entry of a position, once price has moved so much against the first one: a share of the planned quantity. */
const legSchema = z.strictObject({ againstFraction: z.number().gt(0).lt(1), share: z.number().gt(0).lt(1) });

type Leg = z.infer<typeof legSchema>;

const amount = z.string().regex(/^\d+(\.\d+)?$/, "an amount is plain decimal text");

const goesOn = (legs: readonly Leg[]): boolean =>
  legs.every(({ againstFraction }, index) => index === 0 || againstFraction > (legs[index - 1]?.againstFraction ?? 0));

const sharesOf = (legs: readonly Leg[]): Decimal => sumOf(legs.map(({ share }) => decimal(share)));

/** Averaging into a position in legs (DCA). Without legs it is entered once, as by default. */
export const dcaSchema = z.strictObject({
  legs: z
    .array(legSchema)
    .max(LEGS_MAX)
    .refine(goesOn, "each leg must be farther from the entry than the one before")
    .refine((legs) => sharesOf(legs).lt(1), "the legs must leave a part for the first entry")
    .default([]),
});
export type DcaSettings = z.infer<typeof dcaSchema>;

export const NO_DCA: DcaSettings = { legs: [] };

/**
 * A leg that is not entered yet: at this price (quote per base) it enters this quantity (base) for about this fee
 * (quote). Plain decimal text.
 */
export const entryLegSchema = z.strictObject({ price: amount, quantity: amount, fee: amount });
export type EntryLeg = z.infer<typeof entryLegSchema>;

type Part = { readonly againstFraction: number; readonly quantity: Decimal };

/** A planned quantity, cut into the first entry and legs in whole lots: legs too small for a lot stay with the first. */
export const cutIntoLegs = (
  quantity: Decimal,
  { legs }: DcaSettings,
  lot: DecimalInput,
): { readonly first: Decimal; readonly parts: readonly Part[] } => {
  const parts = legs
    .map(({ againstFraction, share }) => ({ againstFraction, quantity: toLotDown(quantity.times(share), lot) }))
    .filter((part) => !part.quantity.isZero());
  return { first: quantity.minus(sumOf(parts.map((part) => part.quantity))), parts };
};

/** What legs still enter together; base units. */
export const quantityToCome = (legs: readonly EntryLeg[]): Decimal =>
  sumOf(legs.map(({ quantity }) => decimal(quantity)));

type Entered = {
  readonly side: PositionSide;
  /** Of the first entry. */
  readonly entryPrice: Decimal;
  readonly tick: DecimalInput;
  readonly takerFeeRate: Decimal;
};

/** The prices of legs, by that of the first entry: on the tick, and at least one tick. */
export const priceLegs = (
  parts: readonly Part[],
  { side, entryPrice, tick, takerFeeRate }: Entered,
): readonly EntryLeg[] =>
  parts.map(({ againstFraction, quantity }) => {
    const moved = entryPrice.times(decimal(1).plus(decimal(againstFraction).times(side === "long" ? -1 : 1)));
    const price = Decimal.max(toTick(moved, tick), tick);
    const fee = feeOf(price, quantity, takerFeeRate);
    return { price: price.toFixed(), quantity: quantity.toFixed(), fee: fee.toFixed() };
  });

/** The legs of an order of which only a part was filled, in proportion and in whole lots. */
export const shrinkLegs = (
  legs: readonly EntryLeg[],
  { filled, ordered, lot }: { readonly filled: Decimal; readonly ordered: Decimal; readonly lot: DecimalInput },
): readonly EntryLeg[] =>
  filled.eq(ordered)
    ? legs
    : legs
        .map(({ price, ...leg }) => {
          const quantity = toLotDown(decimal(leg.quantity).times(filled).div(ordered), lot);
          const fee = toMoney(quantity.times(leg.fee).div(leg.quantity));
          return { price, quantity: quantity.toFixed(), fee: fee.toFixed() };
        })
        .filter(({ quantity }) => !decimal(quantity).isZero());

/** A leg of which only so much was entered: that and the rest, neither where it is nothing. */
export const splitLeg = (
  leg: EntryLeg,
  filled: Decimal,
): { readonly entered: readonly EntryLeg[]; readonly rest: readonly EntryLeg[] } => {
  if (filled.isZero()) return { entered: [], rest: [leg] };
  if (filled.eq(leg.quantity)) return { entered: [leg], rest: [] };
  const fee = toMoney(filled.times(leg.fee).div(leg.quantity));
  const rest = { quantity: decimal(leg.quantity).minus(filled).toFixed(), fee: decimal(leg.fee).minus(fee).toFixed() };
  return {
    entered: [{ ...leg, quantity: filled.toFixed(), fee: fee.toFixed() }],
    rest: [{ ...leg, ...rest }],
  };
};

/** Legs still to come of an order that was filled further, as large as what is filled of it by then. */
export const growEntryLegs = (
  toCome: readonly EntryLeg[],
  ordered: readonly EntryLeg[],
  filling: Parameters<typeof shrinkLegs>[1],
): readonly EntryLeg[] => {
  const grown = shrinkLegs(ordered, filling);
  return toCome.map((leg) => grown.find(({ price }) => price === leg.price) ?? leg);
};
