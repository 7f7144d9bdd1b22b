import { planRest } from "../portfolio/exit-plan";
import { modeExitOf } from "../portfolio/exit-reason";
import type { BotSettings } from "../bot-settings";
import { decisionTimeframes, isDecisionDue } from "../decision/decide";
import type { Decision } from "../decision/basis/decision";
import type { MarketDecision } from "../decision/basis/market-decision";
import { fillMarketOrder } from "../execution/fill-market-order";
import { fillWithinShare } from "../execution/fill-within-share";
import { liquidityOf } from "../execution/liquidity";
import { invariant } from "../invariant";
import { lastCandles } from "../market/candle-range";
import type { Timeframe } from "../market/timeframe";
import { decimal } from "../money";
import { fundingOfExit, type FundingSource } from "../settlement/funding";
import type { AssessedDecision } from "../risk/assess-decisions";
import type { NewsView } from "../risk/basis/news-view";
import { decideByModel } from "./decide-by-model";
import { askMarkets, type AskedMarket } from "./ask-markets";
import { bookEntryFill, bookExitFill, type Booked } from "./book-fill";
import type { BotState, HeldPosition } from "./bot-state";
import { decideMarket } from "./decide-market";
import { rememberEntry } from "./entry-history";
import { judgeDecisions } from "./judge-decisions";
import { noteThesis } from "./note-thesis";
import { planOrder, type MarketOrderPlan } from "./plan-order";
import { fundingIn, type SlotMarket, type SlotMarkets } from "./slot-market";
import { tickIn, trailPositions } from "./trail-positions";
import { LAST_CANDLE_LOOKBACK, viewMarket, type SlotView } from "./view-market";
import { viewPortfolio } from "./view-portfolio";

/** A slot of a bot: its venue time (ms), the settings in force, and the news around it; default: no calendar. */
export type BotSlot = { readonly time: number; readonly settings: BotSettings; readonly news?: NewsView };

export type Traded = {
  readonly state: BotState;
  readonly decisions: readonly MarketDecision[];
  /** One per decision, in the order judged; empty where no decision asked for an order. */
  readonly assessed: readonly AssessedDecision[];
  readonly orders: readonly MarketOrderPlan[];
  readonly booked: readonly Booked[];
};

type Asked = AskedMarket<SlotMarket, HeldPosition>;

/** The markets with a decision due at the slot, each under the settings that decide there. */
const askAll = (state: BotState, { time, settings }: BotSlot, { traded, held }: SlotMarkets): Asked[] => {
  const span = { slot: time, lastDoneSlot: state.lastDoneSlot };
  const { positions, balances } = state;
  const asked = askMarkets({ settings, traded, held, positions, balances });
  return asked.filter((each) => isDecisionDue(each.settings, span));
};

const decideOne = (state: BotState, time: number, { market, position, settings, mayAdd }: Asked): Decision => {
  const { id, rules, candles } = market;
  const series = decisionTimeframes(settings).map((wanted) => candles(lastCandles({ ...wanted, closedBy: time })));
  const wasHeld = state.heldBefore.includes(id);
  return decideMarket({ pair: rules.pair, time, settings, series, held: position, mayAdd, wasHeld });
};

const decideAll = (
  state: BotState,
  slot: BotSlot,
  { asked, markets }: { readonly asked: readonly Asked[]; readonly markets: SlotMarkets },
): MarketDecision[] => {
  const byModel = decideByModel(state, slot, { due: asked, markets });
  const { ask } = markets;
  const decideIn = (each: Asked): Decision => (ask ? ask(each) : decideOne(state, slot.time, each));
  return asked.map((each) => ({ marketId: each.market.id, decision: byModel.get(each.market.id) ?? decideIn(each) }));
};

const viewAll = (asked: readonly Asked[], timeframe: Timeframe, time: number): SlotView[] =>
  asked.map(({ market: { id, rules, shown, candles }, settings: { matching } }) => {
    const last = candles(lastCandles({ timeframe, count: LAST_CANDLE_LOOKBACK, closedBy: time })).at(-1);
    return viewMarket({ marketId: id, rules, shown, last, timeframe, matching }, time);
  });

const judge = (
  state: BotState,
  { time, settings, news }: BotSlot,
  asked: {
    readonly decisions: readonly MarketDecision[];
    readonly views: readonly SlotView[];
    readonly markets: SlotMarkets;
  },
): AssessedDecision[] => {
  const [decided] = decisionTimeframes(settings);
  const range = lastCandles({ ...decided, closedBy: time });
  const { initialCapital, balances, positions, equity: memory, tradingState, past } = state;
  const { traded, held } = asked.markets;
  const alsoHeld = held.filter(({ id }) => positions.some(({ marketId }) => marketId === id));
  return judgeDecisions({
    time,
    settings,
    isLive: false,
    tradingState,
    decisions: asked.decisions,
    portfolio: viewPortfolio({ initialCapital, balances, positions, memory }, time),
    past,
    views: asked.views,
    series: new Map([...traded, ...alsoHeld].map(({ id, candles }) => [id, candles(range)])),
    ...(news && { news }),
  });
};

type Execution = {
  readonly view: SlotView;
  readonly at: number;
  readonly settings: BotSettings;
  readonly recorded: FundingSource;
};

type Executed = { readonly state: BotState; readonly booked: Booked | null };

/** Fills an order at the slot as a paper account does, and books it; nothing where its candle gave nothing. */
const execute = (state: BotState, order: MarketOrderPlan, { view, at, settings, recorded }: Execution): Executed => {
  const { referencePrice, marketId } = view;
  invariant(referencePrice, `${order.pair} has no price: the gate lets nothing pass without one`);
  const { side, quantity } = order;
  const { rules } = view;
  const costs = { tick: decimal(rules.tick), takerFeeRate: decimal(rules.takerFeeRate) };
  const asked = { side, quantity, referencePrice, ...liquidityOf(view), ...costs };
  if (order.purpose === "exit") {
    const fill = fillMarketOrder(asked);
    const position = state.positions.find(({ id }) => id === order.position.id);
    invariant(position, `${order.pair} is not open`);
    const reason = modeExitOf(order.kind);
    const planOfRest = planRest(position.exitPlan, position, { reason, terms: order.exits, tick: rules.tick });
    const funding = fundingOfExit(position, { ...fill, filledAt: at }, recorded);
    const booked = bookExitFill(state, position, { fill, filledAt: at, bookedAt: at, reason, planOfRest, funding });
    return { state: booked.state, booked };
  }
  const fill = fillWithinShare({ ...asked, lot: rules.lot });
  const status = fill?.quantity.eq(quantity) === true ? "filled" : "canceled";
  const entry = { marketId, at, decidedCandle: order.decidedCandle, statuses: [status] } as const;
  const booked = fill && bookEntryFill(state, { order, view, openedBy: settings, fill, at });
  const after = booked?.state ?? state;
  return { state: { ...after, past: rememberEntry(after.past, entry) }, booked };
};

/** Decides, judges, orders, fills and books one slot. The books must be settled through the slot. */
export const tradeSlot = (before: BotState, slot: BotSlot, markets: SlotMarkets): Traded => {
  const asked = askAll(before, slot, markets);
  const decisions = decideAll(before, slot, { asked, markets });
  const positions = trailPositions(before.positions, { decisions, tickOf: tickIn(markets) });
  const state = { ...before, positions };
  if (decisions.every(({ decision }) => decision.action === "hold")) {
    return { state, decisions, assessed: [], orders: [], booked: [] };
  }
  const wanted = asked.filter((_, index) => decisions[index]?.decision.action !== "hold");
  const views = viewAll(wanted, markets.finestTimeframe, slot.time);
  const assessed = judge(state, slot, { decisions, views, markets });
  const orders = assessed.flatMap((each) => planOrder(each) ?? []);
  const booked: Booked[] = [];
  let traded = state;
  for (const order of orders) {
    const view = views.find(({ marketId }) => marketId === order.marketId);
    invariant(view, `${order.pair} was ordered without a view of its market`);
    const recorded = fundingIn(asked.find(({ market }) => market.id === order.marketId)?.market);
    const done = execute(traded, order, { view, at: slot.time, settings: slot.settings, recorded });
    traded = noteThesis(done.state, { at: slot.time, settings: slot.settings, decisions, order });
    if (done.booked) booked.push(done.booked);
  }
  return { state: traded, decisions, assessed, orders, booked };
};
