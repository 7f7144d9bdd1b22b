/** What a page lets one choose from. Apart from the schemas, since browsers need no zod for it. */

/** Speeds of a demo market, in market seconds per second; 0 is paused. */
export const VENUE_SPEEDS = [0, 60, 720, 3600] as const;

/** Candles of a chart; a market offers those that its data allows. */
export const CHART_TIMEFRAMES = ["1m", "5m", "15m", "1h", "4h", "1d"] as const;
export type ChartTimeframe = (typeof CHART_TIMEFRAMES)[number];

/** Accounts of a ledger, in the order of the books. */
export const LEDGER_ACCOUNTS = ["capital", "cash", "margin", "realizedPnl", "fees", "funding", "modelCost"] as const;

/** Decisions: all, what was wanted (open and close), or what was refused. */
export const DECISION_FILTERS = ["all", "wanted", "refused"] as const;
export type DecisionFilter = (typeof DECISION_FILTERS)[number];

/** How markets may be listed: by name, the most traded first, the cheapest first, or the longest known first. */
export const MARKET_SORTS = ["pair", "volume", "spread", "funding", "history"] as const;
export type MarketSort = (typeof MARKET_SORTS)[number];
