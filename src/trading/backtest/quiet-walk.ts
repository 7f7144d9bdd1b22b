import { isAnyDue } from "../cycle/ask-markets";
import type { BotState } from "../cycle/bot-state";
import type { BotSlot } from "../cycle/trade-slot";
import { floorToGrid } from "../market/timeframe";
import type { Decimal } from "../money";
import { UNITS_MAX } from "./exact-units";
import type { EquityMarks } from "./equity-marks";
import { areCertain, knownHolds, reasonsAt, type KnownHolds, type ModeHolds } from "./quiet-holds";
import { keepTried, triedProfit, tryThrough, type QuietTrack } from "./quiet-track";

/** Slots of a bot from `from` on, before `to` (ms), and what takes what those that are passed leave. */
export type QuietSpan = {
  readonly from: number;
  readonly to: number;
  readonly intervalMs: number;
  /** One for each slot. */
  readonly points: { at: number; equity: Decimal }[];
  /** Why its markets held, one reason for each; not called where no decision was due. */
  readonly held: (time: number, reasons: readonly string[]) => void;
};

/** A walk over slots at which nothing happens. */
export type QuietWalk = ModeHolds & {
  readonly state: BotState;
  readonly settings: BotSlot["settings"];
  readonly span: QuietSpan;
  readonly tracks: readonly QuietTrack[];
  readonly marks: EquityMarks;
  /** Whether its settings decide about all it holds, and no stop of it waits for an indicator. */
  readonly isAnswered: boolean;
  readonly isWarned: (marks: EquityMarks, units: number) => boolean;
  /** The length (ms) of the finest candles, and where the first recording of them ends. */
  readonly step: number;
  readonly lastEnd: number;
  /** The next slot, and the last that was passed. */
  time: number;
  last: number;
  /** Where it stopped because something happens, or may: the markets that hold all the same. */
  stoppedBy: KnownHolds | null;
};

const NOTHING_HELD: KnownHolds = new Map();

/** The equity in units at the candles that were tried; null where it has too many digits. */
const triedEquity = (tracks: readonly QuietTrack[], held: number): number | null => {
  let equity = held;
  for (let index = 0; index < tracks.length; index += 1) {
    const profit = triedProfit(tracks[index] as QuietTrack);
    if (!(Math.abs(profit) < UNITS_MAX)) return null;
    equity += profit;
  }
  return Math.abs(equity) < UNITS_MAX ? equity : null;
};

const tryAll = (tracks: readonly QuietTrack[], through: number): boolean => {
  for (let index = 0; index < tracks.length; index += 1) {
    if (!tryThrough(tracks[index] as QuietTrack, through)) return false;
  }
  return true;
};

/** Once a recording has ended its candles are not read: then nothing is known. */
const isOver = ({ step, lastEnd }: QuietWalk, time: number): boolean => floorToGrid(time, step) > lastEnd;

const stop = (walk: QuietWalk): false => {
  walk.stoppedBy = isOver(walk, walk.time) ? null : NOTHING_HELD;
  return false;
};

/** Repeats the last mark of a bot that holds nothing. */
const repeat = (walk: QuietWalk, until: number): number => {
  const { marks, span, time } = walk;
  const { points, intervalMs } = span;
  let next = time;
  for (; next < until; next += intervalMs) points.push({ at: next, equity: marks.repeat(next) });
  return next;
};

/** Marks what it holds, as far as no candle touches it and no drawdown warns. */
const mark = (walk: QuietWalk, until: number): number => {
  const { tracks, marks, span, step } = walk;
  const { points, intervalMs } = span;
  let next = walk.time;
  for (; next < until; next += intervalMs) {
    if (isOver(walk, next) || !tryAll(tracks, floorToGrid(next, step))) break;
    const units = triedEquity(tracks, marks.held);
    if (units === null || walk.isWarned(marks, units)) break;
    keepTried(tracks);
    points.push({ at: next, equity: marks.mark(next, units) });
  }
  return next;
};

/** Passes slots before `until` at which nothing is due; false where not even the first is quiet. */
const follow = (walk: QuietWalk, until: number): boolean => {
  const next = walk.tracks.length === 0 ? repeat(walk, until) : mark(walk, until);
  if (next === walk.time) return triedEquity(walk.tracks, walk.marks.held) === null ? false : stop(walk);
  walk.last = next - walk.span.intervalMs;
  walk.time = next;
  return true;
};

/** Passes a slot at which decisions are due, where all of them hold for certain. */
const passDue = (walk: QuietWalk): boolean => {
  const { holds, tracks, time, step } = walk;
  if (holds === null || !walk.isAnswered) return false;
  // A touch comes before the decisions, and may leave nothing of what they would be about.
  const isTouched = tracks.length > 0 && (isOver(walk, time) || !tryAll(tracks, floorToGrid(time, step)));
  if (isTouched) return stop(walk);
  const reasons = reasonsAt(holds, tracks, time);
  if (!areCertain(reasons)) {
    walk.stoppedBy = knownHolds(holds, reasons);
    return false;
  }
  const isPassed = follow(walk, time + 1);
  if (isPassed) walk.span.held(time, reasons);
  return isPassed;
};

/** Goes on to where a decision is due next, or over it; false where it stops. */
export const walkOn = (walk: QuietWalk): boolean => {
  const { state, settings, time, last, shortest, isAnswered } = walk;
  // Nothing can be due before a candle of the mode's shortest series closes.
  const closesAt = (Math.floor(last / shortest) + 1) * shortest;
  const until = isAnswered ? Math.min(closesAt, walk.span.to) : time;
  const isDue = time >= until && isAnyDue(settings, state.positions, { slot: time, lastDoneSlot: last });
  return isDue ? passDue(walk) : follow(walk, Math.max(until, time + 1));
};
