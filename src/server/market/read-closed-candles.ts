import type { Candle } from "~/trading/market/candle";
import { lastCandles } from "~/trading/market/candle-range";
import type { Timeframe } from "~/trading/market/timeframe";
import type { BotContext, BotMarket } from "../bot-context";
import type { Ports } from "../ports";
import type { StoredMarket } from "../ports/candle-store";
import { orUnknown } from "./or-unknown";

type Wanted = { readonly timeframe: Timeframe; readonly closedBy: number };

type Since = Wanted & { readonly from: number };

/** Closed candles of a stored market that open at or after `from`, ascending; empty where the venue has none. */
export const readStoredMarket = async (
  ports: Pick<Ports, "candles" | "marketDataOf">,
  { venue, ...market }: StoredMarket & { readonly venue: BotContext["venue"] },
  since: Since,
): Promise<Candle[]> => orUnknown(ports.candles.read(market, since, await ports.marketDataOf(venue)), []);

/** The same of a bot's market. */
export const readCandlesSince = (
  ports: Pick<Ports, "candles" | "marketDataOf">,
  { id, rules: { pair, marketType }, venue }: BotMarket & { readonly venue: BotContext["venue"] },
  since: Since,
): Promise<Candle[]> => readStoredMarket(ports, { id, pair, marketType, venue }, since);

/** The last `count` candles that closed at or before `closedBy` (fewer where there are gaps), ascending. */
export const readLastCandles = (
  ports: Pick<Ports, "candles" | "marketDataOf">,
  market: BotMarket & { readonly venue: BotContext["venue"] },
  { timeframe, count, closedBy }: Wanted & { readonly count: number },
): Promise<Candle[]> => readCandlesSince(ports, market, lastCandles({ timeframe, count, closedBy }));
