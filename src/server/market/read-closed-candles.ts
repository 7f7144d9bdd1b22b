import type { Candle } from "~/trading/market/candle";
import { lastCandles } from "~/trading/market/candle-range";
import type { Timeframe } from "~/trading/market/timeframe";
import type { BotContext, BotMarket } from "../bot-context";
import type { Ports } from "../ports";
import { orUnknown } from "./or-unknown";

type Wanted = { readonly timeframe: Timeframe; readonly closedBy: number };

/** Closed candles of one market that open at or after `from`, ascending; empty where the venue has none. */
export const readCandlesSince = async (
  ports: Pick<Ports, "candles" | "marketDataOf">,
  market: BotMarket & { readonly venue: BotContext["venue"] },
  { timeframe, from, closedBy }: Wanted & { readonly from: number },
): Promise<Candle[]> => {
  const source = await ports.marketDataOf(market.venue);
  const { pair, marketType } = market.rules;
  return orUnknown(ports.candles.read({ id: market.id, pair, marketType }, { timeframe, from, closedBy }, source), []);
};

/** The last `count` candles that closed at or before `closedBy` (fewer where there are gaps), ascending. */
export const readLastCandles = (
  ports: Pick<Ports, "candles" | "marketDataOf">,
  market: BotMarket & { readonly venue: BotContext["venue"] },
  { timeframe, count, closedBy }: Wanted & { readonly count: number },
): Promise<Candle[]> => readCandlesSince(ports, market, lastCandles({ timeframe, count, closedBy }));
