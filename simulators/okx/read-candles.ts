import type { Aggregation } from "~/trading/market/aggregate-candles";
import type { Candle } from "~/trading/market/candle";
import { countBefore } from "~/trading/market/count-before";
import { timeframeMs } from "~/trading/market/timeframe";
import { decimal, priceToMoney, toPlain } from "~/trading/money";

import type { KnownCandles, Reach } from "./market-history";
import { withMarket, type ListedMarket, type OkxRequest } from "./listed-market";
import { answerWith, refuseParameter, type OkxAnswer } from "./okx-answer";
import { parseBar } from "./parse-bar";

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 300;
/** market/candles reaches back no further than this many bars, the forming one included. */
const RECENT_BARS_MAX = 1440;

type Bar = Required<Aggregation>;
type Page = { readonly after: number; readonly before: number; readonly limit: number };

/** market/candles: the latest 1,440 bars, with the forming one. */
export const readRecentCandles = (request: OkxRequest): OkxAnswer => readCandles(request, true);

/** market/history-candles: all closed bars. */
export const readHistoryCandles = (request: OkxRequest): OkxAnswer => readCandles(request, false);

const readCandles = (request: OkxRequest, isRecent: boolean): OkxAnswer =>
  withMarket(request, (market) => {
    const bar = parseBar(request.query["bar"] ?? "1m", market.history.market.timeframe);
    if (bar === null) return refuseParameter("bar");
    const page = parsePage(request.query);
    if (typeof page === "string") return refuseParameter(page);
    const { history } = market;
    if (!isRecent) {
      const known = history.known(bar, request.now, { until: page.after, count: page.limit + 1 });
      return answerWith(closedRows(market, known, page));
    }
    const known = history.known(bar, request.now, recentReach(bar, request.now, page));
    return answerWith(recentRows(market, { ...known, forming: history.forming(bar, request.now) }, page));
  });

/** Recent bars count back from now; a page of older ones reaches as far back as it begins, and its rows. */
const recentReach = ({ to }: Bar, now: number, { after, limit }: Page): Reach => {
  const barsUntilPage = Math.ceil(Math.max(0, now - after) / timeframeMs(to));
  return { until: now, count: Math.min(barsUntilPage + limit + 1, RECENT_BARS_MAX) };
};

type RecentCandles = KnownCandles & { readonly forming: Candle | null };

const recentRows = (market: ListedMarket, known: RecentCandles, page: Page): string[][] => {
  const { forming, closedCount } = known;
  const oldest = closedCount + (forming === null ? 0 : 1) - RECENT_BARS_MAX;
  const reachable = { ...known, series: known.series.slice(Math.max(oldest, 0), closedCount) };
  const closed = closedRows(market, { ...reachable, closedCount: reachable.series.length }, page);
  if (forming === null || forming.openTime <= page.before || forming.openTime >= page.after) return closed;
  return [toRow(market, forming, "0"), ...closed].slice(0, page.limit);
};

const closedRows = (market: ListedMarket, { series, closedCount }: KnownCandles, page: Page): string[][] => {
  const end = Math.min(closedCount, countBefore(series, page.after));
  // With only `before`, the newest rows are returned, not those next to it.
  const start = Math.max(countBefore(series, page.before + 1), end - page.limit);
  return series
    .slice(Math.min(start, end), end)
    .toReversed()
    .map((candle) => toRow(market, candle, "1"));
};

/** The paging parameters, or the name of the one that is not a whole number. `after` = older, `before` = newer. */
const parsePage = (query: OkxRequest["query"]): Page | string => {
  const { after, before, limit } = query;
  if (!isCount(after)) return "after";
  if (!isCount(before)) return "before";
  if (!isCount(limit) || Number(limit) === 0) return "limit";
  return {
    after: after === undefined ? Number.POSITIVE_INFINITY : Number(after),
    before: before === undefined ? -1 : Number(before),
    limit: Math.min(limit === undefined ? LIMIT_DEFAULT : Number(limit), LIMIT_MAX),
  };
};

const isCount = (text: string | undefined): boolean => text === undefined || /^\d{1,15}$/.test(text);

/**
 * [ts, o, h, l, c, vol, volCcy, volCcyQuote, confirm]. For swaps `vol` counts contracts and `volCcy` base units; for
 * spot `vol` is base and `volCcy` quote. The recording has no quote volume, so it is base volume at the close. A
 * volume that is not known is empty text, as the venue writes a missing number.
 */
const toRow = ({ instrument }: ListedMarket, candle: Candle, confirm: string): string[] => {
  const { openTime, open, high, low, close, volume } = candle;
  const prices = [open, high, low, close].map((price) => toPlain(priceToMoney(price)));
  return [String(openTime), ...prices, ...volumesOf(instrument, volume, close), confirm];
};

const volumesOf = (
  { instType, contractValue }: ListedMarket["instrument"],
  volume: number | null,
  price: number,
): [string, string, string] => {
  if (volume === null) return ["", "", ""];
  const base = decimal(volume);
  const quote = toPlain(base.times(price));
  if (instType === "SPOT") return [toPlain(base), quote, quote];
  return [toPlain(base.div(contractValue)), toPlain(base), quote];
};
