import type { BotSettings } from "../bot-settings";
import type { Decision } from "../decision/basis/decision";
import { isControl } from "../decision/is-control";
import { invariant } from "../invariant";
import type { Candle } from "../market/candle";
import { assessDecisions, type AssessedDecision } from "../risk/assess-decisions";
import type { MarketView, PortfolioView } from "../risk/basis/risk-context";
import { correlateOpen } from "./correlate-open";
import { viewHistory, type PastEvents } from "./entry-history";
import type { TradingState } from "./watch-drawdown";

/** All that the decisions of one slot are judged by. */
export type Judged = {
  /** The slot, ms. */
  readonly time: number;
  readonly settings: Pick<BotSettings, "mode" | "intervalSeconds" | "risk">;
  readonly isLive: boolean;
  readonly tradingState: TradingState;
  /** In the order of the bot's pairs, one a pair. */
  readonly decisions: readonly Decision[];
  readonly portfolio: PortfolioView;
  readonly past: PastEvents;
  readonly views: readonly (MarketView & { readonly marketId: number })[];
  /** Closed decision candles of each pair, by which correlations are measured. */
  readonly series: ReadonlyMap<string, readonly Candle[]>;
};

/** Passes the decisions of a slot through the gate. One result a decision, in the order judged. */
export const judgeDecisions = (judged: Judged): AssessedDecision[] => {
  const { time, settings, isLive, tradingState, decisions, portfolio, past, views, series } = judged;
  const history = viewHistory(past, { time, limits: settings.risk });
  const viewOf = (pair: string) => {
    const view = views.find(({ rules }) => rules.pair === pair);
    invariant(view, `${pair} was decided without a market`);
    return view;
  };
  return assessDecisions({
    time,
    intervalSeconds: settings.intervalSeconds,
    isLive,
    tradingState,
    isControl: isControl(settings),
    limits: settings.risk,
    decisions,
    portfolio,
    marketOf: viewOf,
    historyOf: (pair) => {
      const decided = decisions.find((decision) => decision.pair === pair)?.decidedCandle ?? null;
      return history(viewOf(pair).marketId, decided);
    },
    correlationsOf: correlateOpen(series),
  });
};
