import { advanceBot, type SlotEvents } from "../cycle/advance-bot";
import { askMarkets, isAnyDue } from "../cycle/ask-markets";
import { isTold, type BotState } from "../cycle/bot-state";
import { decideAnalysed } from "../cycle/decide-market";
import { forgetOld } from "../cycle/entry-history";
import { lookAtBot, type BotLook } from "../cycle/look-at-bot";
import { asksModel } from "../cycle/model-question";
import type { AskMode, SlotMarkets } from "../cycle/slot-market";
import type { BotSlot } from "../cycle/trade-slot";
import { holdDecision } from "../decision/basis/decision";
import type { MarketDecision } from "../decision/basis/market-decision";
import { dayStartOf } from "../market/day-start";
import type { Decimal } from "../money";
import { rememberEquity } from "../portfolio/equity-memory";
import type { MarketReader } from "./analyse-markets";
import { createMarkQuietly } from "./mark-quietly";
import type { KnownHolds } from "./quiet-holds";
import type { BotMarkets } from "./readable-market";

/** What a slot brought. `events`: what happened where the slot had to be run; null where it was quiet. */
export type Stepped = {
  readonly state: BotState;
  readonly decisions: readonly MarketDecision[];
  /** Marked at the slot; null where the bot is halted. */
  readonly equity: Decimal | null;
  readonly events: SlotEvents | null;
};

export type StepBot = {
  /** Steps in whatever way is enough. */
  readonly step: (state: BotState, slot: BotSlot) => Stepped;
  /** The whole step, without a look first: where something is known to happen. These markets hold, and are not asked. */
  readonly advance: (state: BotState, slot: BotSlot, holds: KnownHolds) => Stepped;
};

type AskedMarkets = SlotMarkets & { readonly ask: AskMode };

const NONE: readonly MarketDecision[] = [];

/** Nothing is held and nothing is due: the slot only repeats the last mark, at most in a new day. */
const repeatMark = (state: BotState, time: number): Stepped | null => {
  const { equity: memory } = state;
  if (memory === null) return null;
  const last = { ...memory.last, at: time };
  const isSameDay = dayStartOf(memory.last.at) === dayStartOf(time);
  const equity = isSameDay ? { ...memory, last } : rememberEquity(memory, last);
  return { state: { ...state, lastDoneSlot: time, equity }, decisions: NONE, equity: last.equity, events: null };
};

type MarkQuietly = ReturnType<typeof createMarkQuietly>;

/** A slot at which no decision is due, as far as it can be had without a look. */
const passSlot = (state: BotState, slot: BotSlot, markQuietly: MarkQuietly): Stepped | null => {
  if (state.positions.length === 0) return repeatMark(state, slot.time);
  const marked = markQuietly(state, slot);
  return marked && { ...marked, decisions: NONE, events: null };
};

/** Decisions of a bot that holds nothing, where all are to hold: the slot then leaves nothing but them. */
const holdEmpty = (state: BotState, slot: BotSlot, markets: AskedMarkets): Stepped | null => {
  if (state.positions.length > 0 || asksModel(slot.settings)) return null;
  const { balances } = state;
  const asked = askMarkets({ settings: slot.settings, traded: markets.traded, held: [], positions: [], balances });
  const decisions = asked.map((each) => ({ marketId: each.market.id, decision: markets.ask(each) }));
  if (decisions.some(({ decision }) => decision.action !== "hold")) return null;
  const repeated = repeatMark(state, slot.time);
  return repeated && { ...repeated, decisions };
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

const advance = (state: BotState, slot: BotSlot, markets: AskedMarkets): Stepped => {
  const { state: after, events } = advanceBot(state, slot, markets);
  return { state: after, decisions: events.decisions, equity: events.point?.equity ?? null, events };
};

const stepWhole = (state: BotState, slot: BotSlot, markets: AskedMarkets): Stepped => {
  const look = lookAtBot(state, slot, markets);
  // An alert that was sent at its peak needs no run again.
  if (look.outcome === "quiet" && isTold(state, look.alert)) return keepQuiet(state, slot.time, look);
  return advance(state, slot, markets);
};

/**
 * Steps one bot over its slots. The result is that of `advanceBot` at each, at the price of what there is to do: nothing
 * where nothing is held or due, a look where everything holds, and the whole step only where something happens.
 */
export const createStepBot = (
  { finestTimeframe, traded }: BotMarkets,
  { analyse }: Pick<MarketReader, "analyse">,
  askModel?: SlotMarkets["askModel"],
): StepBot => {
  const markQuietly = createMarkQuietly({ finestTimeframe, traded });
  const marketOf = new Map(traded.map((market) => [market.id, market]));
  const askAt =
    (state: BotState, time: number): AskMode =>
    ({ market: { id, rules }, position: held, settings, mayAdd }) => {
      const market = marketOf.get(id);
      if (market === undefined) throw new Error(`market ${id} is none of the bot's`);
      const analysis = analyse(market, settings, time);
      return decideAnalysed({
        pair: rules.pair,
        settings,
        analysis,
        held,
        mayAdd,
        wasHeld: state.heldBefore.includes(id),
      });
    };
  const marketsAt = (state: BotState, time: number): AskedMarkets => ({
    finestTimeframe,
    traded: traded.map((market) => market.at(time)),
    held: [],
    ask: askAt(state, time),
    ...(askModel && { askModel }),
  });
  const step = (state: BotState, slot: BotSlot): Stepped => {
    const { positions, lastDoneSlot, tradingState } = state;
    const isHalted = tradingState === "halted";
    const isDue = isAnyDue(slot.settings, positions, { slot: slot.time, lastDoneSlot });
    const passed = isDue || isHalted ? null : passSlot(state, slot, markQuietly);
    if (passed) return passed;
    const markets = marketsAt(state, slot.time);
    const held = isDue && !isHalted ? holdEmpty(state, slot, markets) : null;
    return held ?? stepWhole(state, slot, markets);
  };
  return {
    step,
    advance: (state, slot, holds) => {
      const markets = marketsAt(state, slot.time);
      const ask: AskMode = (asked) => {
        const { id, rules } = asked.market;
        const code = holds.get(id);
        return code === undefined ? markets.ask(asked) : holdDecision(rules.pair, { code, text: code });
      };
      return advance(state, slot, { ...markets, ask });
    },
  };
};
