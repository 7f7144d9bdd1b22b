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

const NO_DRAWDOWN: Drawdown = {
  fraction: 0,
  peakAt: null,
  troughAt: null,
  recoveredAt: null,
  days: 0,
  longestDays: 0,
};

/** A time below a peak: its deepest point, and when it ended; null: not until the end. */
type Fall = { readonly peakAt: number; fraction: number; troughAt: number; recoveredAt: number | null; lastAt: number };

/** Every time below a peak, in the order of time. */
const fallsOf = ({ start, points }: EquityCurve): Fall[] => {
  const falls: Fall[] = [];
  let peak = { at: points[0]?.at ?? 0, value: start };
  let fall: Fall | null = null;
  for (const { at, value } of points) {
    if (value >= peak.value) {
      if (fall !== null) fall.recoveredAt = at;
      fall = null;
      peak = { at, value };
      continue;
    }
    const fraction = (peak.value - value) / peak.value;
    if (fall === null) falls.push((fall = { peakAt: peak.at, fraction, troughAt: at, recoveredAt: null, lastAt: at }));
    if (fraction > fall.fraction) Object.assign(fall, { fraction, troughAt: at });
    fall.lastAt = at;
  }
  return falls;
};

/**
 * Maximum drawdown: the largest (peak - equity) / peak, where the peak is the highest equity so far, what it began with
 * included (Magdon-Ismail and Atiya, Maximum Drawdown, Risk 2004).
 */
export const maxDrawdown = (curve: EquityCurve): Drawdown => {
  const falls = fallsOf(curve);
  const [first] = falls;
  if (first === undefined) return NO_DRAWDOWN;
  const deepest = falls.reduce((worst, fall) => (fall.fraction > worst.fraction ? fall : worst), first);
  const { fraction, peakAt, troughAt, recoveredAt, lastAt } = deepest;
  const longest = Math.max(...falls.map((fall) => (fall.recoveredAt ?? fall.lastAt) - fall.peakAt));
  const days = ((recoveredAt ?? lastAt) - peakAt) / DAY_MS;
  return { fraction, peakAt, troughAt, recoveredAt, days, longestDays: longest / DAY_MS };
};
