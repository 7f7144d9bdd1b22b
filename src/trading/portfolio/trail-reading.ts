/** What a decision candle says about where a stop may trail; doubles in quote per base, null where unknown. */
export type TrailReading = {
  readonly close: number;
  readonly atr14: number | null;
  readonly supertrend: { readonly direction: "up" | "down"; readonly value: number } | null;
};
