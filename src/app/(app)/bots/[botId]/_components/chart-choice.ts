import { CHART_TIMEFRAMES, type ChartTimeframe } from "~/contracts/choices";

/** The pair and timeframe that an address asks for; else the bot's first pair, and the server's choice of timeframe. */
export const chartChoiceOf = (
  asked: { readonly pair?: unknown; readonly timeframe?: unknown },
  pairs: readonly string[],
): { readonly pair: string; readonly timeframe: ChartTimeframe | undefined } => ({
  pair: pairs.find((name) => name === asked.pair) ?? pairs[0] ?? "",
  timeframe: CHART_TIMEFRAMES.find((name) => name === asked.timeframe),
});
