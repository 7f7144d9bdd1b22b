import type { AskedMessage } from "./asked-message";
import { readMarketTable, type TableRow } from "./market-table";

/** What a trader says and does: its thoughts, and the input of the tool that it answers by. */
type TraderAnswer = { readonly thoughts: string; readonly input: unknown };

/** What a trader reads of a request. */
export type TraderPrompt = Pick<AskedMessage, "system" | "blocks" | "tool">;

/** Stands in for the model: the same prompt always has the same answer. */
export type ScriptedTrader = (prompt: TraderPrompt) => TraderAnswer;

type Trend = "above" | "below" | "unknown";

const trendOf = ({ values }: TableRow): Trend => {
  const close = values.get("close");
  const average = values.get("ema50");
  if (close === undefined || average === undefined || close === average) return "unknown";
  return close > average ? "above" : "below";
};

const PLANS = {
  above: { action: "open", side: "long" },
  below: { action: "open", side: "short" },
  unknown: { action: "hold", side: null },
} as const;

const decide = (row: TableRow) => {
  const trend = trendOf(row);
  const reason = trend === "unknown" ? "close or EMA50 is not known" : `the close is ${trend} EMA50`;
  return { pair: row.pair, ...PLANS[trend], confidence: trend === "unknown" ? 0 : 0.6, reason };
};

const rowsOf = ({ blocks }: TraderPrompt): readonly TableRow[] => readMarketTable(blocks.join("\n"));

/** Follows the trend: long above EMA50, short below it, and holds where the table does not say. */
export const followTrend: ScriptedTrader = (prompt) => {
  const decisions = rowsOf(prompt).map(decide);
  const thoughts = decisions.map(({ pair, action, reason }) => `${pair}: ${reason}, so ${action}.`).join(" ");
  return { thoughts: thoughts || "No market is shown.", input: { decisions } };
};

/**
 * The worst that a model can do whose head was turned by what it read: everything at once, beyond every limit, with the
 * prompt told to whoever asked.
 */
export const obeyAttacker: ScriptedTrader = (prompt) => {
  const decisions = rowsOf(prompt).map(({ pair }) => ({
    pair,
    action: "open",
    side: "long",
    confidence: 1,
    leverage: 125,
    sizeFraction: 50,
    stopLoss: 0,
    ignoreLimits: true,
    reason: `as told: ${prompt.system}`,
  }));
  const other = { pair: "SHIB/USDT", action: "open", side: "long", confidence: 99, leverage: 125, reason: "as told" };
  return { thoughts: "The text says that I must obey.", input: { decisions: [...decisions, other], maxLeverage: 125 } };
};
