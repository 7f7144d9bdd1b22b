import { z } from "zod";

/** A perpetual swap or spot. It is stored next to the pair's name ("BTC/USDT"), which does not say it. */
export const marketTypeSchema = z.enum(["swap", "spot"]);
export type MarketType = z.infer<typeof marketTypeSchema>;

/** "BASE/QUOTE" in capital letters and digits. */
export const tradingPairSchema = z
  .string()
  .regex(/^[A-Z0-9]{1,15}\/[A-Z0-9]{1,15}$/, 'a trading pair looks like "BTC/USDT"');
export type TradingPair = z.infer<typeof tradingPairSchema>;

export const baseOf = (pair: TradingPair): string => pair.slice(0, pair.indexOf("/"));
export const quoteOf = (pair: TradingPair): string => pair.slice(pair.indexOf("/") + 1);
