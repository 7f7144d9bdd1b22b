import { decimal } from "~/trading/money";

/** Digits after the point of a market's prices: those of its tick. */
export const priceDigitsOf = (tick: { toString(): string }): number => decimal(tick.toString()).decimalPlaces();
