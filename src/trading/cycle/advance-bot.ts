import type { MarketDecision } from "../decision/basis/market-decision";
import { isControl } from "../decision/is-control";
import type { LedgerTransaction } from "../portfolio/ledger";
import { rememberEquity } from "../portfolio/equity-memory";
import { markEquity, type EquityPoint } from "../portfolio/mark-equity";
import type { Trade } from "../portfolio/trade";
import type { AssessedDecision } from "../risk/assess-decisions";
import type { Booked, BookedFill } from "./book-fill";
import { isAnyDue } from "./ask-markets";
import { isTold, type BotState } from "./bot-state";
import { forgetOld } from "./entry-history";
import type { MarketOrderPlan } from "./plan-order";
import { settleBot } from "./settle-bot";
import type { SlotMarkets } from "./slot-market";
import { tradeSlot, type BotSlot, type Traded } from "./trade-slot";
import { watchDrawdown, type DrawdownAlert } from "./watch-drawdown";

/** What happened to a bot in a slot, in the order in which it happened. */
export type SlotEvents = {
  /** One per market; none where no decision candle closed since the last slot. */
  readonly decisions: readonly MarketDecision[];
  readonly assessed: readonly AssessedDecision[];
  readonly orders: readonly MarketOrderPlan[];
  readonly fills: readonly BookedFill[];
  readonly postings: readonly LedgerTransaction[];
  readonly trades: readonly Trade[];
  /** Equity as it was marked at the slot; null where the bot is halted. */
  readonly point: EquityPoint | null;
  readonly alert: DrawdownAlert | null;
};

export type AdvancedBot = { readonly state: BotState; readonly events: SlotEvents };

const UNDECIDED = { decisions: [], assessed: [], orders: [] } as const;

const tradeWhatIsDue = (state: BotState, slot: BotSlot, markets: SlotMarkets): Traded => {
  const isDue = isAnyDue(slot.settings, state.positions, { slot: slot.time, lastDoneSlot: state.lastDoneSlot });
  return isDue ? tradeSlot(state, slot, markets) : { state, booked: [], ...UNDECIDED };
};

type Marked = Pick<SlotEvents, "point" | "alert"> & { readonly state: BotState };

/** Marks equity, watches the drawdown and ends the slot. Each kind of alert is sent once per peak. */
const endSlot = (state: BotState, { time, settings }: BotSlot): Marked => {
  const { currency, initialCapital, tradingState, toldAtPeak } = state;
  const point = markEquity(state, { peak: state.equity?.last.peak ?? null, initialCapital }, time);
  const { equity, peak } = point;
  const limits = settings.risk;
  const watched = watchDrawdown({ equity, peak, currency, limits, tradingState, isControl: isControl(settings) });
  const alert = isTold(state, watched.alert) ? null : watched.alert;
  return {
    state: {
      ...state,
      tradingState: watched.tradingState,
      lastDoneSlot: time,
      equity: rememberEquity(state.equity, { at: time, equity, peak }),
      past: forgetOld(state.past, time),
      toldAtPeak: alert ? { ...toldAtPeak, [alert.kind]: peak } : toldAtPeak,
    },
    point,
    alert,
  };
};

const tell = (booked: readonly Booked[]): Pick<SlotEvents, "fills" | "postings" | "trades"> => ({
  fills: booked.flatMap(({ fill }) => fill ?? []),
  // A payment at a rate of 0 posts nothing.
  postings: booked.map(({ posting }) => posting).filter(({ lines }) => lines.length > 0),
  trades: booked.flatMap(({ trade }) => trade ?? []),
});

/**
 * Runs a paper bot over one slot: settle, decide, judge, plan, fill, book, mark, watch. Slots must ascend. For slots
 * skipped in downtime, only the candles are settled and nothing is decided. A halted bot only settles.
 */
export const advanceBot = (before: BotState, slot: BotSlot, markets: SlotMarkets): AdvancedBot => {
  const settled = settleBot(before, slot, markets);
  if (before.tradingState === "halted") {
    return { state: settled.state, events: { ...UNDECIDED, ...tell(settled.booked), point: null, alert: null } };
  }
  const { state: traded, booked, ...decided } = tradeWhatIsDue(settled.state, slot, markets);
  const { state, point, alert } = endSlot(traded, slot);
  return { state, events: { ...decided, ...tell([...settled.booked, ...booked]), point, alert } };
};
