import { dayStartOf } from "../market/day-start";
import { minOf, type Decimal } from "../money";

/** The part of an equity point that is read; `at` in ms of venue time, `peak` the highest equity up to it. */
export type MarkedEquity = { readonly at: number; readonly equity: Decimal; readonly peak: Decimal };

/**
 * All that is kept of a bot's equity points. `dayStart`: equity of the last point at or before the start of the last
 * point's UTC day, null without one. `dayLow`: the lowest equity of that day.
 */
export type EquityMemory = {
  readonly last: MarkedEquity;
  readonly dayStart: Decimal | null;
  readonly dayLow: Decimal;
};

/** The memory after one more point. Points must ascend in time. */
export const rememberEquity = (memory: EquityMemory | null, point: MarkedEquity): EquityMemory => {
  const day = dayStartOf(point.at);
  if (point.at === day) return { last: point, dayStart: point.equity, dayLow: point.equity };
  if (memory && dayStartOf(memory.last.at) === day) {
    return { last: point, dayStart: memory.dayStart, dayLow: minOf(memory.dayLow, point.equity) };
  }
  return { last: point, dayStart: memory?.last.equity ?? null, dayLow: point.equity };
};

/** The peak, and the start and low of the UTC day of `time` (ms); null where no point says it. */
export const equityFigures = (memory: EquityMemory | null, time: number) => {
  if (!memory) return { peak: null, dayStart: null, dayLow: null };
  const { last, dayStart, dayLow } = memory;
  const isSameDay = dayStartOf(last.at) === dayStartOf(time);
  return isSameDay ? { peak: last.peak, dayStart, dayLow } : { peak: last.peak, dayStart: last.equity, dayLow: null };
};
