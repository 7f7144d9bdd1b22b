import { z } from "zod";
import { CHART_TIMEFRAMES } from "~/contracts/chart-view";

export type Timeframe = (typeof CHART_TIMEFRAMES)[number];

const timeframeSchema = z.enum(CHART_TIMEFRAMES).optional().catch(undefined);

/** What an address asks of the candle chart; what it cannot have is the bot's first pair, and the server's timeframe. */
export const chartChoiceOf = (
  { pair, timeframe }: { readonly pair?: unknown; readonly timeframe?: unknown },
  pairs: readonly string[],
): { readonly pair: string; readonly timeframe: Timeframe | undefined } => ({
  pair: pairs.find((name) => name === pair) ?? pairs[0] ?? "",
  timeframe: timeframeSchema.parse(timeframe),
});
