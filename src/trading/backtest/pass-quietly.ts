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

/** Is told what every slot that is passed leaves. */
export type QuietSink = {
  readonly marked: (time: number, equity: Decimal) => void;
  /** The reasons of its holds, one a market; none where no decision was due. */
  readonly passed: (time: number, reasons: readonly string[]) => void;
};

/** `hasStopped`: at the slot after the state's something happens, or may; false: nothing is known of it. */
export type PassedSlots = { readonly state: BotState; readonly hasStopped: boolean };

type Settings = BotSlot["settings"];
type Bot = { readonly state: BotState; readonly settings: Settings; readonly tracks: readonly QuietTrack[] };

const NO_REASONS: readonly string[] = [];

/** Positions about which the settings of the slot decide, and whose stop waits for no indicator. */
const areAnswered = ({ tracks, settings }: Bot): boolean =>
  tracks.every(({ position: { openedBy, exitPlan } }) => {
    const { trail } = exitPlan;
    return openedBy === settings && (trail === null || trail.by === "percent" || trail.from !== null);
  });

type HoldsIn = readonly { readonly market: ReadableMarket; readonly holds: SlotHolds }[];

/** The reasons of all markets to hold; null where one of them is to be asked. */
const reasonsAt = (holdsIn: HoldsIn | null, { tracks }: Bot, time: number): string[] | null => {
  if (holdsIn === null) return null;
  const reasons: string[] = [];
  for (const { market, holds } of holdsIn) {
    const track = tracks.find((each) => each.market === market);
    const reason = track ? holds.held(time, track.position) : holds.free(time);
    if (reason === null) return null;
    reasons.push(reason);
  }
  return reasons;
};

/** The equity in units at the candles that were tried; null where it has too many digits. */
const triedEquity = (tracks: readonly QuietTrack[], held: number): number | null => {
  let equity = held;
  for (const track of tracks) {
    const profit = triedProfit(track);
    if (Math.abs(profit) >= UNITS_MAX) return null;
    equity += profit;
  }
  return Math.abs(equity) < UNITS_MAX ? equity : null;
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

  return (state: BotState, settings: Settings, span: SlotSpan, sink: QuietSink): PassedSlots | null => {
    const { equity: memory, balances, lastDoneSlot } = state;
    if (state.tradingState === "halted" || memory === null || lastDoneSlot === null) return null;
    const tracks = trackAll(state);
    const marks = tracks && createEquityMarks(memory, balances);
    if (!tracks || !marks) return null;
    const bot = { state, settings, tracks };
    const { holds, shortest } = knownOf(settings);
    const isAnswered = areAnswered(bot);
    const isWarned = createIsWarned(bot);
    let last = lastDoneSlot;
    let hasStopped = false;
    for (let time = span.from; time < span.to; time += span.intervalMs) {
      const through = floorToGrid(time, step);
      if (tracks.length > 0 && through > lastEnd) break;
      hasStopped = true;
      if (!tracks.every((track) => tryThrough(track, through))) break;
      const isClosed = floorToGrid(time, shortest) > last;
      const isDue = (isClosed || !isAnswered) && isAnyDue(settings, state.positions, { slot: time, lastDoneSlot: last });
      const reasons = isDue ? (isAnswered ? reasonsAt(holds, bot, time) : null) : NO_REASONS;
      if (reasons === null) {
        hasStopped = holds !== null && isAnswered;
        break;
      }
      const units = triedEquity(tracks, marks.held);
      if (units === null || isWarned(marks, units)) break;
      for (const track of tracks) track.next = track.tried;
      sink.marked(time, marks.mark(time, units));
      sink.passed(time, reasons);
      last = time;
      hasStopped = false;
    }
    if (last === lastDoneSlot) return { state, hasStopped };
    return {
      state: {
        ...state,
        positions: tracks.map((track) => settledOf(track, step)),
        lastDoneSlot: last,
        equity: marks.read(),
        past: forgetOld(state.past, last),
      },
      hasStopped,
    };
  };
};
