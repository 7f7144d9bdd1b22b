/** Why an order was not let through, by the name of the rule that refused it: what was the case, not what is asked. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["trading-state", "the bot only closes positions now"],
  ["stale-data", "prices were missing or too old"],
  ["spot-is-long-only", "spot cannot be sold short"],
  ["one-entry-per-candle", "this candle had its entry already"],
  ["pair-is-free", "the pair has an open position already"],
  ["position-is-open", "the pair has no open position"],
  ["cooldown", "the pair rests after a stop"],
  ["loss-pause", "it pauses after losses in a row"],
  ["daily-loss", "it lost its limit of a day"],
  ["drawdown", "equity is too far below its peak"],
  ["trades-per-day", "it has traded often enough today"],
  ["entries-per-cycle", "the cycle had its entries already"],
  ["open-positions", "it holds enough positions"],
  ["correlation", "it moves too much like an open position"],
  ["funding", "funding costs too much on this side"],
  ["spread", "bid and ask are too far apart"],
  ["quote-volume", "the market trades too little"],
  ["leverage", "its leverage is too high"],
  ["protection-side", "stop or target is on the wrong side"],
  ["stop-distance", "its stop is too near or too far"],
  ["liquidation-distance", "it would be liquidated before its stop"],
  ["position-margin", "the position would be too large"],
  ["total-margin", "too much margin would be bound"],
  ["gross-notional", "its exposure would be too large"],
  ["cash", "there is not enough cash"],
  ["order-quantity", "the order is smaller than the market takes"],
  ["order-value", "the order is worth too little"],
  ["reward-to-risk", "the target pays too little for the risk"],
  ["net-profit", "the target pays too little after fees"],
]);

/** Half a sentence for a refusal, also by a rule of an older version. */
export const describeRefusal = (rule: string): string =>
  WORDS.get(rule) ?? `the rule "${rule.replaceAll("-", " ")}" of an older version`;

/** Names of rules that say what was the case where they refused; the others' codes are plain words. */
const TITLES: ReadonlyMap<string, string> = new Map([
  ["trading-state", "not active"],
  ["pair-is-free", "pair held already"],
  ["spot-is-long-only", "no shorts on spot"],
  ["position-is-open", "nothing to close"],
  ["quote-volume", "traded value"],
  ["protection-side", "side of stop or target"],
]);

/** Two or three words for a rule that refused, for lists. */
export const refusalTitle = (rule: string): string => TITLES.get(rule) ?? rule.replaceAll("-", " ");

/** What an entry was made smaller to keep, by the rule that bounds it. */
const BOUNDS: ReadonlyMap<string, string> = new Map([
  ["position-margin", "the margin of one position"],
  ["total-margin", "the margin of all positions"],
  ["gross-notional", "the value of all positions"],
  ["cash", "the cash that is there"],
]);

/** Why an order that was let through is smaller than what was asked for. */
export const resizeReason = (rule: string): string =>
  `made smaller to keep the limit of ${BOUNDS.get(rule) ?? "a rule of an older version"}`;
