import { floorToGrid } from "../market/timeframe";

/** What is in a bot's books and what comes next, in ms of venue time. */
export type FlowTimes = {
  readonly now: number;
  /** The last equity point and the newest posting. */
  readonly lastPointAt: number;
  readonly postedThrough: number;
  /** Slots still to be marked: of cycles to come, and the next one of a bot that has cycles. */
  readonly slots: readonly number[];
  /** How far open positions are settled, and the time a candle takes: what the next whole one brings is posted at its close. */
  readonly settledThrough: readonly number[];
  readonly candleMs: number;
};

/** When the first candle closes that opens at or after `settledThrough`. */
const nextClose = (settledThrough: number, candleMs: number): number =>
  floorToGrid(settledThrough + candleMs - 1, candleMs) + candleMs;

/**
 * When a flow is in the books: after all that is in them and before all that is still to come, so that each point has the
 * money that was there at its time, also where a slot is marked late. Null: there is no such time until what is late came.
 */
export const placeFlow = ({ now, lastPointAt, postedThrough, slots, ...rest }: FlowTimes): number | null => {
  const first = Math.max(lastPointAt, postedThrough) + 1;
  const next = Math.min(...slots, ...rest.settledThrough.map((time) => nextClose(time, rest.candleMs)));
  // What is late takes all the time until now: as early as may be leaves room for further flows.
  const at = next > now ? Math.max(first, now - 1) : first;
  return at < next ? at : null;
};
