/** What two ways of living through the same slots must agree in, by what it is of. */
export const DECISION = [
  "action",
  "side",
  "decidedCandle",
  "score",
  "sizeFraction",
  "leverage",
  "entryPrice",
  "stopLoss",
  "exits",
];
export const VERDICT = ["outcome", "rule", "reason", "size"];
export const POINT = ["at", "equity", "cash", "margin", "unrealizedPnl", "peak"];
export const FILL = ["side", "price", "quantity", "fee", "slippage", "filledAt"];
export const TRADE = [
  "side",
  "quantity",
  "entryPrice",
  "exitPrice",
  "enteredAt",
  "exitedAt",
  "grossPnl",
  "fees",
  "slippage",
];
export const PAYMENT = ["postedAt", "amount"];
export const POSITION = [
  "marketId",
  "pair",
  "side",
  "quantity",
  "entryPrice",
  "leverage",
  "margin",
  "stopLoss",
  "takeProfit",
];
export const SETTLED = ["openedAt", "settledThrough", "mark", "markedAt", "exitPlan"];
