import { divergenceOf, findDivergence, type Divergence } from "../../market/indicators/find-divergence";

export type MacdDivergence = Divergence;

/** The divergence of price and MACD at the last candle; `lines` has the MACD line of each candle. */
export const findMacdDivergence = findDivergence;

/** The same of a window of many candles. */
export const macdDivergenceOf = divergenceOf;
