import type { Candle } from "~/trading/market/candle";
import { floorToGrid, timeframeMs } from "~/trading/market/timeframe";
import type { CandleRequest, OpenPriceRequest } from "~/trading/ports";
import { VenueError } from "~/trading/venue-error";

import type { OkxClient } from "./create-okx-client";
import { fetchOkxTime } from "./fetch-okx-time";
import { OKX_BARS, okxInstrumentId } from "./okx-instrument-id";
import { parseOkxCandle, type OkxCandle } from "./parse-okx-candle";

const PAGE_ROWS_MAX = 300;
/** Three years of 15-minute candles: more in one call is a mistake. */
const CANDLES_MAX = 120_000;
/** market/candles holds the latest 1,440 bars; stay clear of its edge, which moves while we page. */
const RECENT_BARS = 1400;

type CandleEndpoint = "market/candles" | "market/history-candles";
type Walk = { readonly endpoint: CandleEndpoint; readonly from: number; readonly through: number };

/**
 * Closed candles with open times `from`..`through`, ascending. The venue's own clock says what has closed and which
 * endpoint reaches it, so a replay of 2022 works like today. A candle that the venue has not confirmed is left out:
 * a caller must not note it as fetched. Throws VenueError, or RangeError for a span off the grid or too long.
 */
export const fetchOkxCandles = async (client: OkxClient, request: CandleRequest): Promise<Candle[]> => {
  const lengthMs = timeframeMs(request.timeframe);
  checkSpan(request, lengthMs);
  if (request.through < request.from) return [];
  const time = await fetchOkxTime(client);
  const forming = floorToGrid(time, lengthMs);
  const through = Math.min(request.through, forming - lengthMs);
  const recentFrom = forming - RECENT_BARS * lengthMs;
  const walks: Walk[] = [
    { endpoint: "market/history-candles", from: request.from, through: Math.min(through, recentFrom - lengthMs) },
    { endpoint: "market/candles", from: Math.max(request.from, recentFrom), through },
  ];
  const candles: Candle[] = [];
  for (const walk of walks) candles.push(...(await walkBack(client, request, walk)));
  return candles;
};

/** The open of one candle as decimal text, also while it forms; null where the venue has no such candle. */
export const fetchOkxOpenPrice = async (client: OkxClient, request: OpenPriceRequest): Promise<string | null> => {
  const { openTime, timeframe } = request;
  checkSpan({ from: openTime, through: openTime }, timeframeMs(timeframe));
  for (const endpoint of ["market/candles", "market/history-candles"] as const) {
    const [row] = await readPage(client, request, { endpoint, from: openTime, through: openTime });
    if (row !== undefined) return row.openText;
  }
  return null;
};

/** From the newest page back to the oldest: right for any number of rows that the venue puts on a page. */
const walkBack = async (client: OkxClient, request: CandleRequest, walk: Walk): Promise<Candle[]> => {
  const newestFirst: Candle[] = [];
  let through = walk.through;
  while (through >= walk.from) {
    const page = await readPage(client, request, { ...walk, through });
    const oldest = page.at(-1);
    if (oldest === undefined) break;
    newestFirst.push(...page.filter((row) => row.isConfirmed).map((row) => row.candle));
    through = oldest.candle.openTime - timeframeMs(request.timeframe);
  }
  return newestFirst.toReversed();
};

/** At most one page of `walk`, newest first. Throws VenueError for rows outside of it, doubled or out of order. */
const readPage = async (
  client: OkxClient,
  market: Pick<CandleRequest, "pair" | "marketType" | "timeframe">,
  walk: Walk,
): Promise<OkxCandle[]> => {
  const rows = await client.read(walk.endpoint, {
    instId: okxInstrumentId(market),
    bar: OKX_BARS[market.timeframe],
    before: walk.from - 1, // newer than
    after: walk.through + 1, // older than
    limit: PAGE_ROWS_MAX,
  });
  const page = rows.map((row) => parseOkxCandle(row, market));
  let newest = walk.through + 1;
  for (const { candle } of page) {
    if (candle.openTime >= newest || candle.openTime < walk.from) {
      throw new VenueError("bad-response", `${walk.endpoint}: ${candle.openTime} is out of order or was not asked for`);
    }
    newest = candle.openTime;
  }
  return page;
};

const checkSpan = ({ from, through }: { from: number; through: number }, lengthMs: number): void => {
  if (from < 0 || from % lengthMs !== 0 || through % lengthMs !== 0) {
    throw new RangeError(`open times must lie on the ${lengthMs} ms grid, were ${from} and ${through}`);
  }
  if ((through - from) / lengthMs >= CANDLES_MAX) {
    throw new RangeError(`ask for at most ${CANDLES_MAX} candles at once, was ${(through - from) / lengthMs + 1}`);
  }
};
