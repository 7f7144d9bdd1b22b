import { z } from "zod";

import type { Candle } from "~/trading/market/candle";
import { parseDecimalText, parseNumber } from "~/trading/market/parse-number";
import { timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import type { MarketType } from "~/trading/market/trading-pair";
import { VenueError } from "~/trading/venue-error";

export type OkxCandle = {
  readonly candle: Candle;
  /** The open as the venue wrote it: what money is read from. */
  readonly openText: string;
  /** The venue states that the candle is final. */
  readonly isConfirmed: boolean;
};

type CandleSource = { readonly marketType: MarketType; readonly timeframe: Timeframe };

// [ts, open, high, low, close, vol, volCcy, volCcyQuote, confirm]
const rowSchema = z.array(z.string()).min(9);

/**
 * A candle row of OKX, volume in base units (`vol` counts contracts for swaps, so it is volCcy there); an empty volume
 * is unknown. Throws VenueError "bad-response" for an invalid row: a wrong price is worse than none.
 */
export const parseOkxCandle = (row: unknown, { marketType, timeframe }: CandleSource): OkxCandle => {
  const parsed = rowSchema.safeParse(row);
  if (!parsed.success) throw badRow(row, "not a row of nine texts");
  const [time, open, high, low, close, vol, volCcy, , confirm] = parsed.data;
  const openText = parseDecimalText(open);
  const candle = {
    openTime: numberOf(time),
    open: numberOf(open),
    high: numberOf(high),
    low: numberOf(low),
    close: numberOf(close),
    volume: parseNumber(marketType === "spot" ? vol : volCcy),
  };
  const fault = faultOf(candle, timeframe);
  if (fault !== null || openText === null) throw badRow(row, fault ?? "open is no number");
  return { candle, openText, isConfirmed: confirm === "1" };
};

const numberOf = (text: string | undefined): number => parseNumber(text) ?? Number.NaN;

// Written so that NaN fails every comparison.
const faultOf = (candle: Candle, timeframe: Timeframe): string | null => {
  const { openTime, open, high, low, close, volume } = candle;
  if (openTime % timeframeMs(timeframe) !== 0) return `time is off the ${timeframe} grid`;
  if (!(low > 0)) return "a price is missing or not positive";
  if (!(high >= Math.max(open, close)) || !(low <= Math.min(open, close))) return "high and low do not hold the prices";
  if (volume !== null && volume < 0) return "volume is negative";
  return null;
};

const badRow = (row: unknown, fault: string): VenueError =>
  new VenueError("bad-response", `malformed candle, ${fault}: ${JSON.stringify(row)?.slice(0, 200)}`);
