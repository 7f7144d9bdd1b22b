/** Why a position was closed, by the reason of its trade: protective exits first, then a mode's own exit rules. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["stop-loss", "stop filled"],
  ["take-profit", "target filled"],
  ["liquidation", "liquidated"],
  ["break-even", "stopped at break-even"],
  ["trailing-stop", "trailing stop filled"],
  ["time-exit", "held its longest"],
  ["invalidation", "idea proved wrong"],
  ["partial-target", "part at its target"],
  ["delisting", "market delisted"],
  ["by-hand", "closed by hand"],
  ["exit-supertrend", "Supertrend turned"],
  ["exit-sma200", "SMA200 crossed"],
  ["exit-rsi", "RSI14 stretched"],
  ["exit-stretched", "RSI14 stretched"],
  ["exit-model-closes", "closed by its model"],
]);

/** A few words for an exit. A rule that a trader wrote, and an exit of an older version, is shown by its code. */
export const describeExit = (reason: string): string =>
  WORDS.get(reason) ?? reason.replace(/^exit-/, "own rule ").replaceAll("-", " ");
