import type { BotSettings } from "../bot-settings";
import type { MarketDecision } from "../decision/basis/market-decision";
import { decisionTimeframes } from "../decision/decide";
import { isControl } from "../decision/is-control";
import { invariant } from "../invariant";
import type { Candle } from "../market/candle";
import { assessDecisions, type AssessedDecision } from "../risk/assess-decisions";
import { NO_CALENDAR, type NewsView } from "../risk/basis/news-view";
import type { MarketView, PortfolioView } from "../risk/basis/risk-context";
import type { UserView } from "../risk/basis/user-view";
import type { TradeLock } from "../risk/basis/trade-lock";
import { conditionsWhenAsked } from "../risk/measure-conditions";
import { correlateOpen } from "./correlate-open";
import { viewHistory, type PastEvents } from "./entry-history";
import type { TradingState } from "./watch-drawdown";

/** All that is needed to judge the decisions of one slot. */
export type Judged = {
  /** The slot, ms. */
  readonly time: number;
  readonly settings: Pick<BotSettings, "mode" | "decision" | "intervalSeconds" | "risk" | "sizing" | "dca">;
  readonly isLive: boolean;
  readonly tradingState: TradingState;
  /** In the order of the bot's markets, one per market. */
  readonly decisions: readonly MarketDecision[];
  readonly portfolio: PortfolioView;
  readonly past: PastEvents;
  readonly views: readonly MarketView[];
  /** Closed decision candles by market, also of open positions: correlations and conditions are measured on them. */
  readonly series: ReadonlyMap<number, readonly Candle[]>;
  /** Default: there is no calendar of news. */
  readonly news?: NewsView;
  /** What the user allows all bots together, and what the others hold. Default: nothing is limited. */
  readonly user?: UserView | null;
  /** What the trader locked. Default: nothing. */
  readonly locks?: readonly TradeLock[];
};

/** Passes the decisions of a slot through the gate. One result per decision, in the order judged. */
export const judgeDecisions = (judged: Judged): AssessedDecision[] => {
  const {
    time,
    settings,
    isLive,
    tradingState,
    decisions,
    portfolio,
    past,
    views,
    series,
    news,
    user = null,
    locks = [],
  } = judged;
  const [{ timeframe }] = decisionTimeframes(settings);
  const viewOf = (marketId: number): MarketView => {
    const view = views.find((each) => each.marketId === marketId);
    invariant(view, `market ${marketId} was decided about without a view of it`);
    return view;
  };
  return assessDecisions({
    time,
    intervalSeconds: settings.intervalSeconds,
    isLive,
    tradingState,
    isControl: isControl(settings),
    limits: settings.risk,
    sizing: settings.sizing,
    dca: settings.dca,
    news: news ?? NO_CALENDAR,
    user,
    locks,
    decisions,
    portfolio,
    marketOf: viewOf,
    historyOf: viewHistory(past, { time, limits: settings.risk }),
    conditionsOf: (marketId) => conditionsWhenAsked(series.get(marketId) ?? [], timeframe),
    correlationsOf: correlateOpen(series),
  });
};
