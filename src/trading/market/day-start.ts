import { floorToGrid, timeframeMs } from "./timeframe";

/** The start of the UTC day of a time, ms. */
export const dayStartOf = (time: number): number => floorToGrid(time, timeframeMs("1d"));
