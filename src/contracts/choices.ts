/** What a page lets one choose from. Apart from the schemas, since browsers need no zod for it. */

/** Speeds of a demo market, in market seconds per second; 0 is paused. */
export const VENUE_SPEEDS = [0, 60, 720, 3600] as const;

/** Candles of a chart; a market offers those that its data allows. */
export const CHART_TIMEFRAMES = ["1m", "5m", "15m", "1h", "4h", "1d"] as const;
export type ChartTimeframe = (typeof CHART_TIMEFRAMES)[number];

/** Accounts of a ledger, in the order of the books. */
export const LEDGER_ACCOUNTS = [
  "capital",
  "cash",
  "margin",
  "realizedPnl",
  "fees",
  "funding",
  "modelCost",
  "modelBill",
] as const;

/** Decisions: all, what was wanted (open and close), or what was refused. */
export const DECISION_FILTERS = ["all", "wanted", "refused"] as const;
export type DecisionFilter = (typeof DECISION_FILTERS)[number];

/** How markets may be listed: by name, the most traded first, the cheapest first, or the longest known first. */
export const MARKET_SORTS = ["pair", "volume", "spread", "funding", "history"] as const;
export type MarketSort = (typeof MARKET_SORTS)[number];

/** How trades may be listed: by their exit, their net result or their pair. */
export const TRADE_SORTS = ["closed", "net", "pair"] as const;
export const TRADE_SIDES = ["all", "long", "short"] as const;
export const TRADE_RESULTS = ["all", "won", "lost"] as const;

export const ORDERS = ["asc", "desc"] as const;
export type Order = (typeof ORDERS)[number];

export type TradeOrder = {
  readonly sort: (typeof TRADE_SORTS)[number];
  readonly order: Order;
  readonly side: (typeof TRADE_SIDES)[number];
  readonly result: (typeof TRADE_RESULTS)[number];
};

/** How bots may be listed. What is unknown of a bot comes last. */
export const BOT_SORTS = ["created", "name", "state", "equity", "profit", "drawdown", "trades", "cycle"] as const;
export type BotSort = (typeof BOT_SORTS)[number];
export const BOT_STATES = ["running", "paused", "stopped"] as const;
