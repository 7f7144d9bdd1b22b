import { isAnyDue } from "../cycle/ask-markets";
import type { BotState } from "../cycle/bot-state";
import { forgetOld } from "../cycle/entry-history";
import type { BotSlot } from "../cycle/trade-slot";
import { watchDrawdown } from "../cycle/watch-drawdown";
import { decisionTimeframes } from "../decision/decide";
import { isControl } from "../decision/is-control";
import { floorToGrid, timeframeMs } from "../market/timeframe";
import type { Decimal } from "../money";
import { DRAWDOWN_WARNING_SHARE } from "../risk/risk-limits";
import type { MarketReader, SlotHolds } from "./analyse-markets";
import { UNITS_MAX } from "./exact-units";
import { createEquityMarks, type EquityMarks } from "./equity-marks";
import { settledOf, trackQuietly, triedProfit, tryThrough, type QuietTrack } from "./quiet-track";
import type { BotMarkets, ReadableMarket } from "./readable-market";

/** Slots of a bot from `from` on, before `to` (ms). */
export type SlotSpan = { readonly from: number; readonly to: number; readonly intervalMs: number };

/** Takes what the slots that are passed leave. */
export type QuietSink = {
  /** One for each slot. */
  readonly points: { at: number; equity: Decimal }[];
  /** Why its markets held, one reason for each; not called where no decision was due. */
  readonly held: (time: number, reasons: readonly string[]) => void;
};

/** Why markets hold for certain, by their id. */
export type KnownHolds = ReadonlyMap<number, string>;

/**
 * `stoppedBy`: at the slot after the state's something happens, or may, and these markets hold there; null: nothing is
 * known of it.
 */
export type PassedSlots = { readonly state: BotState; readonly stoppedBy: KnownHolds | null };

type Settings = BotSlot["settings"];
type Bot = { readonly state: BotState; readonly settings: Settings; readonly tracks: readonly QuietTrack[] };

const NO_REASONS: readonly string[] = [];
const NOTHING_HELD: KnownHolds = new Map();

/** Positions about which the settings of the slot decide, and whose stop waits for no indicator. */
const areAnswered = ({ tracks, settings }: Bot): boolean =>
  tracks.every(({ position: { openedBy, exitPlan } }) => {
    const { trail } = exitPlan;
    return openedBy === settings && (trail === null || trail.by === "percent" || trail.from !== null);
  });

type Followed = {
  readonly tracks: readonly QuietTrack[];
  readonly marks: EquityMarks;
  readonly points: QuietSink["points"];
  readonly intervalMs: number;
  readonly isWarned: (marks: EquityMarks, units: number) => boolean;
  /** Its equity has too many digits to be followed. */
  isLost: boolean;
};

type HoldsIn = readonly { readonly market: ReadableMarket; readonly holds: SlotHolds }[];

/** Why each of the markets holds at a slot; null for one that is to be asked. */
const reasonsAt = (holdsIn: HoldsIn, { tracks }: Bot, time: number): (string | null)[] => {
  const reasons: (string | null)[] = [];
  for (let index = 0; index < holdsIn.length; index += 1) {
    const { market, holds } = holdsIn[index] as HoldsIn[number];
    const track = tracks.length === 0 ? undefined : tracks.find((each) => each.market === market);
    reasons.push(track ? holds.held(time, track.position) : holds.free(time));
  }
  return reasons;
};

const areCertain = (reasons: readonly (string | null)[]): reasons is readonly string[] => !reasons.includes(null);

/** The reasons that are certain, by the id of their market. */
const knownHolds = (holdsIn: HoldsIn | null, reasons: readonly (string | null)[]): KnownHolds =>
  new Map((holdsIn ?? []).flatMap(({ market }, index) => (reasons[index] ? [[market.id, reasons[index]] as const] : [])));

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

const keepTried = (tracks: readonly QuietTrack[]): void => {
  for (let index = 0; index < tracks.length; index += 1) {
    const track = tracks[index] as QuietTrack;
    track.next = track.tried;
  }
};

/** Whether the drawdown at these marks would warn anew or change what the bot may do: asked only near the limit. */
const createIsWarned = ({ state, settings, tracks }: Bot): ((marks: EquityMarks, equity: number) => boolean) => {
  const { currency, tradingState, toldAtPeak } = state;
  // A little high, because exact arithmetic decides there.
  const share = 1 - settings.risk.drawdownMax * DRAWDOWN_WARNING_SHARE + 1e-9;
  if (tracks.length === 0 || isControl(settings)) return () => false;
  return (marks, units) => {
    if (units > Math.max(units, marks.peakUnits()) * share) return false;
    const { equity, peak } = marks.exactly(units);
    const { risk: limits } = settings;
    const watched = watchDrawdown({ equity, peak, currency, limits, tradingState, isControl: false });
    const { alert } = watched;
    return watched.tradingState !== tradingState || (alert !== null && toldAtPeak[alert.kind]?.eq(alert.peak) !== true);
  };
};

/**
 * Passes slots at which nothing happens: no candle touches a position, every decision that is due holds for certain, and
 * no drawdown warns. The state, the marks and the decisions are those of `advanceBot` at each of them. Null where
 * the bot cannot be followed by numbers.
 */
export const createPassQuietly = ({ finestTimeframe, traded }: BotMarkets, { holdsIn }: MarketReader) => {
  const step = timeframeMs(finestTimeframe);
  const ends = traded.map(({ candles }) => floorToGrid(candles.end, step));
  const lastEnd = Math.min(...ends);
  let known: { readonly of: Settings; readonly holds: HoldsIn | null; readonly shortest: number } | null = null;
  const knownOf = (settings: Settings) => {
    if (known?.of === settings) return known;
    const holds = traded.flatMap((market) => {
      const read = holdsIn(market, settings);
      return read ? [{ market, holds: read }] : [];
    });
    const shortest = Math.min(...decisionTimeframes(settings).map(({ timeframe }) => timeframeMs(timeframe)));
    known = { of: settings, holds: holds.length === traded.length ? holds : null, shortest };
    return known;
  };

  const trackAll = ({ positions }: BotState): QuietTrack[] | null => {
    const tracks: QuietTrack[] = [];
    for (const position of positions) {
      const market = traded.find(({ id }) => id === position.marketId);
      const track = market && trackQuietly(position, market, step);
      if (!track) return null;
      tracks.push(track);
    }
    return tracks;
  };

  /** Whether a recording has ended, after which its candles are not read. */
  const isOver = (time: number): boolean => floorToGrid(time, step) > lastEnd;

  const isUntouched = (tracks: readonly QuietTrack[], time: number): boolean =>
    tracks.length === 0 || (!isOver(time) && tryAll(tracks, floorToGrid(time, step)));

  /** Slots before `until`, as far as no candle touches and no drawdown warns. Answers the first that was not passed. */
  const follow = (followed: Followed, from: number, until: number): number => {
    const { tracks, marks, points, intervalMs } = followed;
    let time = from;
    if (tracks.length === 0) {
      for (; time < until; time += intervalMs) points.push({ at: time, equity: marks.repeat(time) });
      return time;
    }
    for (; time < until; time += intervalMs) {
      if (!isUntouched(tracks, time)) return time;
      const units = triedEquity(tracks, marks.held);
      followed.isLost = units === null;
      if (units === null || followed.isWarned(marks, units)) return time;
      keepTried(tracks);
      points.push({ at: time, equity: marks.mark(time, units) });
    }
    return time;
  };

  return (state: BotState, settings: Settings, span: SlotSpan, sink: QuietSink): PassedSlots | null => {
    const { equity: memory, balances, lastDoneSlot } = state;
    if (state.tradingState === "halted" || memory === null || lastDoneSlot === null) return null;
    const tracks = trackAll(state);
    const marks = tracks && createEquityMarks(memory, balances);
    if (!tracks || !marks) return null;
    const bot = { state, settings, tracks };
    const { holds, shortest } = knownOf(settings);
    const isAnswered = areAnswered(bot);
    const { intervalMs } = span;
    const followed = { tracks, marks, points: sink.points, intervalMs, isWarned: createIsWarned(bot), isLost: false };
    let [last, time] = [lastDoneSlot, span.from];
    let stoppedBy: KnownHolds | null = null;
    while (time < span.to) {
      // Nothing can be due before a candle of the mode's shortest series closes.
      const closesAt = (Math.floor(last / shortest) + 1) * shortest;
      const until = isAnswered ? Math.min(closesAt, span.to) : time;
      const isDue = time >= until && isAnyDue(settings, state.positions, { slot: time, lastDoneSlot: last });
      if (isDue && (holds === null || !isAnswered)) break;
      // A touch comes before the decisions, and may leave nothing of what they would be about.
      const reasons = isDue && holds !== null && isUntouched(tracks, time) ? reasonsAt(holds, bot, time) : NO_REASONS;
      if (!areCertain(reasons)) {
        stoppedBy = knownHolds(holds, reasons);
        break;
      }
      const next = follow(followed, time, Math.max(until, time + 1));
      if (next === time) {
        stoppedBy = isOver(time) || followed.isLost ? null : NOTHING_HELD;
        break;
      }
      if (isDue) sink.held(time, reasons);
      last = next - intervalMs;
      time = next;
    }
    if (last === lastDoneSlot) return { state, stoppedBy };
    return {
      state: {
        ...state,
        positions: tracks.map((track) => settledOf(track, step)),
        lastDoneSlot: last,
        equity: marks.read(),
        past: forgetOld(state.past, last),
      },
      stoppedBy,
    };
  };
};
