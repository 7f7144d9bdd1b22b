import type { Decision } from "../decision/basis/decision";
import type { MarketDecision } from "../decision/basis/market-decision";
import { exitSideOf, fillMarketOrder } from "../execution/fill-market-order";
import { liquidityOf } from "../execution/liquidity";
import { decimal, toLotDown, type Decimal } from "../money";
import { NO_DCA, type DcaSettings, type EntryLeg } from "../portfolio/entry-legs";
import type { ExitTerms } from "../portfolio/exit-terms";
import { pricePnl } from "../portfolio/position";
import { applyClose, applyEntry } from "./apply-entry";
import { assessEntry, type RiskVerdict } from "./assess-entry";
import { isToBeHeld, toEntryRequest } from "./entry-request";
import type { NewsView } from "./basis/news-view";
import type {
  CorrelationView,
  HistoryView,
  MarketConditions,
  MarketPosition,
  MarketView,
  PortfolioView,
  RiskContext,
} from "./basis/risk-context";
import type { TradeLock } from "./basis/trade-lock";
import type { SizeSteps } from "./basis/size-steps";
import { toStoredSums, type StoredSums, type UserView } from "./basis/user-view";
import type { LimitName, RefusalName } from "./risk-rules";
import { sizeEntry } from "./size-entry";
import { MODE_SIZING, type Sizing } from "./sizing/sizing-settings";
import { wantSize } from "./sizing/want-size";
import { sumUser } from "./sum-user";

/** All that the gate needs to judge one cycle's decisions. `decisions`: one per market, in the order of the markets. */
export type Assessment = Pick<
  RiskContext<LimitName>,
  "time" | "intervalSeconds" | "isLive" | "tradingState" | "isControl" | "limits"
> & {
  readonly decisions: readonly MarketDecision[];
  readonly sizing: Sizing;
  /** Default: every entry is one order. */
  readonly dca?: DcaSettings;
  readonly news: NewsView;
  readonly portfolio: PortfolioView;
  readonly marketOf: (marketId: number) => MarketView;
  /** The history of a market whose decision was made at this candle. */
  readonly historyOf: (marketId: number, decidedCandle: number | null) => Omit<HistoryView, "entriesThisCycle">;
  /** How a market moves by its decision candles. */
  readonly conditionsOf: (marketId: number) => MarketConditions;
  /** Correlations of a market with those of open positions of one side, one for each. */
  readonly correlationsOf: (
    marketId: number,
    open: readonly Pick<MarketPosition, "marketId" | "pair">[],
  ) => readonly CorrelationView[];
  /** Default: the user limits no bots together. */
  readonly user?: UserView | null;
  /** What the trader locked. Default: nothing. */
  readonly locks?: readonly TradeLock[];
};

/** An order that the gate approved; the judged quantity is the one that is executed. */
type PlannedOrder = {
  readonly purpose: "entry" | "exit";
  readonly quantity: Decimal;
  /** What an entry enters further, and later. */
  readonly legs: readonly EntryLeg[];
  readonly referencePrice: Decimal;
  /** Stop and target of an entry, on the market's tick. Exits and the control's entries have neither. */
  readonly stopLoss: Decimal | null;
  readonly takeProfit: Decimal | null;
  readonly position: MarketPosition | null;
  /** How a position is closed beside stop and target: of an entry its own, of a close of a part the rest. */
  readonly exits: ExitTerms | null;
};

/** What an entry's verdict was made by beside the books: how its size came about, and what the user's other bots hold. */
type Basis = { readonly size: SizeSteps | null; readonly user: StoredSums | null };
const NO_BASIS: Basis = { size: null, user: null };

export type AssessedDecision = MarketDecision & {
  /** Null for a hold: the gate had nothing to judge. */
  readonly verdict: (Omit<RiskVerdict, "order"> & Basis) | null;
  readonly order: PlannedOrder | null;
};

const refuse = (rule: RefusalName, reason: string) =>
  ({ outcome: "rejected", rule, reason, checks: [], ...NO_BASIS }) as const;
const CLOSE_APPROVED = {
  outcome: "approved",
  rule: null,
  reason: "closing is never refused",
  checks: [],
  ...NO_BASIS,
} as const;

type Step = { readonly assessed: AssessedDecision; readonly portfolio: PortfolioView };

const withoutOrder = (
  decided: MarketDecision,
  verdict: AssessedDecision["verdict"],
  portfolio: PortfolioView,
): Step => ({
  assessed: { ...decided, verdict, order: null },
  portfolio,
});

/** In whole lots. A part that would be less than a lot, or leave nothing, is the whole: no exit is refused for its size. */
const quantityToClose = ({ closeFraction }: Decision, { quantity }: MarketPosition, lot: string): Decimal => {
  const part = toLotDown(quantity.times(closeFraction ?? 1), lot);
  return part.isZero() ? quantity : part;
};

/** Closing only needs a price. No limit stops it. */
const assessClose = (decided: MarketDecision, market: MarketView, portfolio: PortfolioView): Step => {
  const position = portfolio.positions.find(({ marketId }) => marketId === decided.marketId);
  const { referencePrice } = market;
  if (!position) {
    return withoutOrder(decided, refuse("position-is-open", `no open position in ${market.rules.pair}`), portfolio);
  }
  if (referencePrice === null) {
    return withoutOrder(decided, refuse("stale-data", "no price at this slot"), portfolio);
  }
  const quantity = quantityToClose(decided.decision, position, market.rules.lot);
  const fill = fillMarketOrder({
    side: exitSideOf(position.side),
    quantity,
    referencePrice,
    tick: decimal(market.rules.tick),
    takerFeeRate: decimal(market.rules.takerFeeRate),
    ...liquidityOf(market),
  });
  const pnl = pricePnl(position.side, { entry: position.entryPrice, exit: fill.price }, quantity);
  return {
    assessed: {
      ...decided,
      verdict: CLOSE_APPROVED,
      order: {
        purpose: "exit",
        quantity,
        legs: [],
        referencePrice,
        stopLoss: null,
        takeProfit: null,
        position,
        exits: decided.decision.exits ?? null,
      },
    },
    portfolio: applyClose(portfolio, { position, quantity, pnl, fee: fill.fee }),
  };
};

/** The position of a market that its bot may add to; undefined: none, or it may not. */
const openIn = (marketId: number, { limits }: Pick<Assessment, "limits">, { positions }: PortfolioView) =>
  limits.pyramidingMarginMax > 0 ? positions.find((position) => position.marketId === marketId) : undefined;

/** What is added to a position is one order. */
const dcaOf = (
  { dca = NO_DCA }: Pick<Assessment, "dca">,
  { portfolio, decision }: { readonly portfolio: PortfolioView; readonly decision: Decision },
): DcaSettings => (portfolio.positions.some(({ pair }) => pair === decision.pair) ? NO_DCA : dca);

const assessOpen = (
  decided: MarketDecision,
  assessment: Assessment,
  state: { readonly portfolio: PortfolioView; readonly entriesThisCycle: number },
): Step => {
  const { marketId, decision } = decided;
  const market = assessment.marketOf(marketId);
  const isHeld = isToBeHeld(decision, assessment.isControl);
  const { portfolio, entriesThisCycle } = state;
  const open = openIn(marketId, assessment, portfolio);
  const entry = toEntryRequest(decision, { tick: market.rules.tick, isHeld, open });
  if (!entry) {
    return withoutOrder(decided, refuse("protection-side", "an entry needs a side, a stop and a target"), portfolio);
  }
  const history = assessment.historyOf(marketId, decision.decidedCandle);
  const conditions = assessment.conditionsOf(marketId);
  const sizing = assessment.isControl ? MODE_SIZING : assessment.sizing;
  const dca = isHeld ? NO_DCA : dcaOf(assessment, { portfolio, decision });
  const wanted = wantSize({ sizing, entry, market, portfolio, conditions, results: history.results, dca });
  if (!wanted.isKnown) return withoutOrder(decided, refuse("size-is-known", wanted.reason), portfolio);
  const { correlationsOf } = assessment;
  const user = assessment.user ? sumUser(assessment.user, { entry, market, portfolio, correlationsOf }) : null;
  const order = sizeEntry({ entry, market, portfolio, limits: assessment.limits, wanted, user, dca });
  // A position in the same pair is left to the rule that a pair must be free.
  const sameSide = portfolio.positions.filter(
    (position) => position.side === entry.side && position.pair !== decision.pair,
  );
  const { order: approved, ...judged } = assessEntry({
    ...assessment,
    isControl: isHeld,
    entry,
    order,
    market,
    portfolio,
    // The history lacks the entries of this cycle, which count towards the day too.
    history: { ...history, entriesToday: history.entriesToday + entriesThisCycle, entriesThisCycle },
    conditions,
    correlations: correlationsOf(marketId, sameSide),
    user,
  });
  const verdict = { ...judged, size: order.steps, user: user && toStoredSums(user) };
  if (approved === null || market.referencePrice === null) return withoutOrder(decided, verdict, portfolio);
  return {
    assessed: {
      ...decided,
      verdict,
      order: {
        purpose: "entry",
        quantity: approved.firstQuantity,
        legs: approved.legs,
        referencePrice: market.referencePrice,
        stopLoss: entry.stopLoss,
        takeProfit: entry.takeProfit,
        position: null,
        exits: decision.exits ?? null,
      },
    },
    portfolio: applyEntry(portfolio, { entry, order: approved, market, time: assessment.time }),
  };
};

/**
 * The one risk gate: every order of every mode passes here. Closes come first, then entries in the order of the
 * bot's pairs. Each is judged on the books as the ones before it leave them, so that together they keep the limits too.
 * Returns one result per decision, in the order judged.
 */
export const assessDecisions = (assessment: Assessment): AssessedDecision[] => {
  let { portfolio } = assessment;
  let entriesThisCycle = 0;
  const assessOne = (decided: MarketDecision): Step => {
    const { action } = decided.decision;
    if (action === "hold") return withoutOrder(decided, null, portfolio);
    return action === "close"
      ? assessClose(decided, assessment.marketOf(decided.marketId), portfolio)
      : assessOpen(decided, assessment, { portfolio, entriesThisCycle });
  };
  const closes = assessment.decisions.filter(({ decision }) => decision.action === "close");
  const others = assessment.decisions.filter(({ decision }) => decision.action !== "close");
  return [...closes, ...others].map((decided) => {
    const step = assessOne(decided);
    portfolio = step.portfolio;
    if (step.assessed.order?.purpose === "entry") entriesThisCycle += 1;
    return step.assessed;
  });
};
