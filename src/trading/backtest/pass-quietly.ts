import { isTold, type BotState } from "../cycle/bot-state";
import { forgetOld } from "../cycle/entry-history";
import { keepLegs } from "../cycle/keep-legs";
import type { BotSlot } from "../cycle/trade-slot";
import { watchDrawdown } from "../cycle/watch-drawdown";
import { isControl } from "../decision/is-control";
import { floorToGrid, timeframeMs } from "../market/timeframe";
import { DRAWDOWN_WARNING_SHARE } from "../risk/risk-limits";
import type { MarketReader } from "./analyse-markets";
import { createEquityMarks, type EquityMarks } from "./equity-marks";
import { createModeHolds, type KnownHolds } from "./quiet-holds";
import { settledOf, trackQuietly, type QuietTrack } from "./quiet-track";
import { walkOn, type QuietSpan, type QuietWalk } from "./quiet-walk";
import type { BotMarkets } from "./readable-market";

/**
 * `stoppedBy`: at the slot after the state's something happens, or may, and these markets hold there; null: nothing is
 * known of it.
 */
export type PassedSlots = { readonly state: BotState; readonly stoppedBy: KnownHolds | null };

type Settings = BotSlot["settings"];
type Bot = { readonly state: BotState; readonly settings: Settings; readonly tracks: readonly QuietTrack[] };

const areAnswered = ({ tracks, settings }: Bot): boolean =>
  tracks.every(({ position: { openedBy, exitPlan } }) => {
    const { trail, added } = exitPlan;
    // A mode that holds on to a position that may be added to is asked for an entry too.
    const mayGrow = added === 0 && (openedBy.risk?.pyramidingMarginMax ?? 0) > 0;
    return openedBy === settings && !mayGrow && (trail === null || trail.by === "percent" || trail.from !== null);
  });

/** Whether the drawdown at these marks would warn anew or change what the bot may do: asked only near the limit. */
const createIsWarned = ({ state, settings, tracks }: Bot): QuietWalk["isWarned"] => {
  const { currency, tradingState } = state;
  // A little high, because exact arithmetic decides there.
  const share = 1 - settings.risk.drawdownMax * DRAWDOWN_WARNING_SHARE + 1e-9;
  if (tracks.length === 0 || isControl(settings)) return () => false;
  return (marks, units) => {
    if (units > Math.max(units, marks.peakUnits()) * share) return false;
    const { equity, peak } = marks.exactly(units);
    const { risk: limits } = settings;
    const watched = watchDrawdown({ equity, peak, currency, limits, tradingState, isControl: false });
    return watched.tradingState !== tradingState || !isTold(state, watched.alert);
  };
};

type Started = { readonly lastDoneSlot: number; readonly marks: EquityMarks };

/** Null for a bot that is halted, that has no mark yet, or whose amounts have too many digits. */
const startOf = ({ tradingState, equity, lastDoneSlot, balances }: BotState): Started | null => {
  if (tradingState === "halted" || equity === null || lastDoneSlot === null) return null;
  const marks = createEquityMarks(equity, balances);
  return marks && { lastDoneSlot, marks };
};

const stateOf = ({ state, tracks, marks, last, step }: QuietWalk): BotState => ({
  ...state,
  positions: tracks.map((track) => settledOf(track, step)),
  lastDoneSlot: last,
  equity: marks.read(),
  past: forgetOld(state.past, last),
});

/**
 * Passes slots at which nothing happens: no candle touches a position, every decision that is due holds for certain, and
 * no drawdown warns. The state, the marks and the decisions are those of `advanceBot` at each of them. Null where
 * the bot cannot be followed by numbers.
 */
export const createPassQuietly = ({ finestTimeframe, traded }: BotMarkets, reader: Pick<MarketReader, "holdsIn">) => {
  const step = timeframeMs(finestTimeframe);
  const lastEnd = Math.min(...traded.map(({ candles }) => floorToGrid(candles.end, step)));
  const modeHolds = createModeHolds(traded, reader);

  const trackAll = ({ positions, tradingState }: BotState): QuietTrack[] | null => {
    const tracks: QuietTrack[] = [];
    for (const position of positions) {
      if (keepLegs(position, tradingState) !== position) return null;
      const market = traded.find(({ id }) => id === position.marketId);
      const track = market && trackQuietly(position, market, step);
      if (!track) return null;
      tracks.push(track);
    }
    return tracks;
  };

  return (state: BotState, settings: Settings, span: QuietSpan): PassedSlots | null => {
    const started = startOf(state);
    const tracks = started && trackAll(state);
    if (!started || !tracks) return null;
    const { lastDoneSlot: last, marks } = started;
    const bot = { state, settings, tracks };
    const walk: QuietWalk = {
      ...bot,
      ...modeHolds(settings),
      span,
      marks,
      isAnswered: areAnswered(bot),
      isWarned: createIsWarned(bot),
      step,
      lastEnd,
      time: span.from,
      last,
      stoppedBy: null,
    };
    while (walk.time < span.to && walkOn(walk));
    return { state: walk.last === last ? state : stateOf(walk), stoppedBy: walk.stoppedBy };
  };
};
