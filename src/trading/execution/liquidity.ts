import type { MarketOrder } from "./fill-market-order";

/** What a market order finds in its market: the last candle, and how it is matched. */
export type Liquidity = Pick<MarketOrder, "candleValue" | "candleRange" | "matching">;

/** That of something that has more than it. */
export const liquidityOf = ({ candleValue, candleRange, matching }: Liquidity): Liquidity => ({
  candleValue,
  ...(candleRange !== undefined && { candleRange }),
  ...(matching && { matching }),
});
