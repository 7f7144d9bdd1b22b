import { dayStartOf } from "../market/day-start";
import { DAY_MS } from "../market/duration";

/** Equity at slots, ascending; times in ms of venue time. `start` is what it began with, before its first slot. */
export type EquityCurve = {
  readonly start: number;
  readonly points: readonly { readonly at: number; readonly value: number }[];
};

/** Time between the first and the last point, in days. */
export const daysOf = ({ points }: EquityCurve): number =>
  points.length === 0 ? 0 : ((points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0)) / DAY_MS;

/**
 * The return of each UTC day, a fraction: equity at its end over equity at its start, minus one. A day ends at midnight
 * with the last point by then; the first and the last day may be parts of one.
 */
export const dailyReturns = ({ start, points }: EquityCurve): number[] => {
  const closes: number[] = [];
  let day: number | null = null;
  for (const [index, { at, value }] of points.entries()) {
    // What is marked at midnight still belongs to the day before, unless everything begins there.
    const ending = dayStartOf(index === 0 ? at : at - 1);
    if (ending === day) closes[closes.length - 1] = value;
    else closes.push(value);
    day = ending;
  }
  return closes.map((close, index) => close / (closes[index - 1] ?? start) - 1);
};

/** The deepest fall from a peak. `fraction` of the peak; times in ms; `recoveredAt` null: not until the end. */
export type Drawdown = {
  readonly fraction: number;
  readonly peakAt: number | null;
  readonly troughAt: number | null;
  readonly recoveredAt: number | null;
  /** From the peak to the recovery, or to the end. */
  readonly days: number;
  /** The longest time below a peak, of this fall or any other. */
  readonly longestDays: number;
};

/**
 * Maximum drawdown: the largest (peak - equity) / peak, where the peak is the highest equity so far, what it began with
 * included (Magdon-Ismail and Atiya, Maximum Drawdown, Risk 2004).
 */
export const maxDrawdown = ({ start, points }: EquityCurve): Drawdown => {
  const first = points[0]?.at ?? 0;
  let peak = { at: first, value: start };
  let longest = 0;
  let deepest: { fraction: number; peakAt: number; troughAt: number; recoveredAt: number | null } | null = null;
  for (const { at, value } of points) {
    if (value >= peak.value) {
      if (deepest?.peakAt === peak.at && deepest.recoveredAt === null) deepest.recoveredAt = at;
      peak = { at, value };
      continue;
    }
    longest = Math.max(longest, at - peak.at);
    const fraction = (peak.value - value) / peak.value;
    if (fraction > (deepest?.fraction ?? 0)) deepest = { fraction, peakAt: peak.at, troughAt: at, recoveredAt: null };
  }
  if (deepest === null) {
    return { fraction: 0, peakAt: null, troughAt: null, recoveredAt: null, days: 0, longestDays: 0 };
  }
  const end = deepest.recoveredAt ?? points.at(-1)?.at ?? first;
  return { ...deepest, days: (end - deepest.peakAt) / DAY_MS, longestDays: longest / DAY_MS };
};
