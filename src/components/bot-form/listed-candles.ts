import type { PreviewCandles } from "~/contracts/market-row";

type Answer = { readonly data: PreviewCandles | undefined; readonly isPending: boolean };

/**
 * The candles of several queries as one list, which only changes with what is in it; null: some are on their way. What
 * could not be read keeps its place as null, or the candles after it would be another market's.
 */
export const listedCandles = (answers: readonly Answer[]): readonly (PreviewCandles | null)[] | null =>
  answers.some(({ isPending }) => isPending) ? null : answers.map(({ data }) => data ?? null);
