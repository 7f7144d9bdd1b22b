import { quoteFromCandle } from "../execution/quote-from-candle";
import { priceToMoney, ZERO, type Decimal } from "../money";

/** What a market of recorded candles quotes: quote per base. */
export type RecordedQuote = { readonly last: Decimal; readonly bid: Decimal; readonly ask: Decimal };

/**
 * The quote at an instant: last is the open of the finest candle that forms then, in a gap the last close, with half
 * the spread that a market order of no size pays on either side. The recorded venue shows it, and a backtest reads it.
 */
export const quoteRecorded = (price: number, tick: Decimal): RecordedQuote => {
  const last = priceToMoney(price);
  const asked = { price: last, tick, orderValue: ZERO, candleValue: null };
  return {
    last,
    bid: quoteFromCandle({ ...asked, side: "sell" }).price,
    ask: quoteFromCandle({ ...asked, side: "buy" }).price,
  };
};
