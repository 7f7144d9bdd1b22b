import { advanceBot, type SlotEvents } from "../cycle/advance-bot";
import { isAnyDue } from "../cycle/ask-markets";
import type { BotState } from "../cycle/bot-state";
import { decideAnalysed } from "../cycle/decide-market";
import { forgetOld } from "../cycle/entry-history";
import { lookAtBot, type AskMode, type BotLook } from "../cycle/look-at-bot";
import type { SlotMarkets } from "../cycle/slot-market";
import type { BotSlot } from "../cycle/trade-slot";
import type { MarketDecision } from "../decision/basis/market-decision";
import { dayStartOf } from "../market/day-start";
import type { Timeframe } from "../market/timeframe";
import type { Decimal } from "../money";
import { rememberEquity } from "../portfolio/equity-memory";
import type { AnalyseMarket } from "./analyse-markets";
import type { ReadableMarket } from "./readable-market";

/** The markets of one bot, in the order of its pairs. */
export type BotMarkets = { readonly finestTimeframe: Timeframe; readonly traded: readonly ReadableMarket[] };

/** What a slot brought. `events`: what happened where the slot had to be run; null where it was quiet. */
export type Stepped = {
  readonly state: BotState;
  readonly decisions: readonly MarketDecision[];
  /** Marked at the slot; null where the bot is halted. */
  readonly equity: Decimal | null;
  readonly events: SlotEvents | null;
};

export type StepBot = (state: BotState, slot: BotSlot) => Stepped;

const NONE: readonly MarketDecision[] = [];

/** Nothing is held and nothing is due: the slot only repeats the last mark, at most in a new day. */
const idle = (state: BotState, { time, settings }: BotSlot): Stepped | null => {
  const { equity: memory, positions, lastDoneSlot, tradingState } = state;
  if (memory === null || positions.length > 0 || tradingState === "halted") return null;
  if (isAnyDue(settings, positions, { slot: time, lastDoneSlot })) return null;
  const last = { ...memory.last, at: time };
  const isSameDay = dayStartOf(memory.last.at) === dayStartOf(time);
  const equity = isSameDay ? { ...memory, last } : rememberEquity(memory, last);
  return { state: { ...state, lastDoneSlot: time, equity }, decisions: NONE, equity: last.equity, events: null };
};

type Quiet = BotLook<BotState["positions"][number]> & { readonly outcome: "quiet" };

const keepQuiet = (state: BotState, time: number, look: Quiet): Stepped => ({
  state: {
    ...state,
    positions: look.positions,
    lastDoneSlot: time,
    equity: look.memory,
    past: forgetOld(state.past, time),
  },
  decisions: look.decisions,
  equity: look.point.equity,
  events: null,
});

/** An alert that was sent at this peak needs no run again. */
const isTold = ({ toldAtPeak }: BotState, { alert }: Quiet): boolean =>
  alert === null || toldAtPeak[alert.kind]?.eq(alert.peak) === true;

/**
 * Steps one bot over its slots. The result is that of `advanceBot` at each, at the price of what there is to do: nothing
 * where nothing is held or due, a look where everything holds, and the whole step only where something happens.
 */
export const createStepBot = ({ finestTimeframe, traded }: BotMarkets, analyseMarket: AnalyseMarket): StepBot => {
  const marketOf = new Map(traded.map((market) => [market.id, market]));
  const askAt =
    (state: BotState, time: number): AskMode =>
    ({ market: { id, rules }, position: held, settings }) => {
      const market = marketOf.get(id);
      if (market === undefined) throw new Error(`market ${id} is none of the bot's`);
      const analysis = analyseMarket(market, settings, time);
      return decideAnalysed({
        pair: rules.pair,
        settings,
        analysis,
        held,
        wasHeld: state.heldBefore.includes(id),
      });
    };
  return (state, slot) => {
    const nothing = idle(state, slot);
    if (nothing) return nothing;
    const { time } = slot;
    const markets: SlotMarkets = { finestTimeframe, traded: traded.map((market) => market.at(time)), held: [] };
    const look = lookAtBot(state, slot, { ...markets, ask: askAt(state, time) });
    if (look.outcome === "quiet" && isTold(state, look)) return keepQuiet(state, time, look);
    const { state: after, events } = advanceBot(state, slot, markets);
    return { state: after, decisions: events.decisions, equity: events.point?.equity ?? null, events };
  };
};
