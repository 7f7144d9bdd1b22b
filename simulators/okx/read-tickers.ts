import { quoteRecorded } from "~/trading/backtest/recorded-quote";
import type { Aggregation } from "~/trading/market/aggregate-candles";
import type { Candle } from "~/trading/market/candle";
import { countBefore } from "~/trading/market/count-before";
import { floorToGrid, timeframeMs } from "~/trading/market/timeframe";
import { decimal, priceToMoney, toPlain } from "~/trading/money";

import { hasEnded, isListed, withMarket, type ListedMarket, type OkxRequest } from "./listed-market";
import { answerWith, refuseMaintenance, refuseParameter, refuseSystemError, type OkxAnswer } from "./okx-answer";

const DAY_MS = timeframeMs("1d");
/** So many bars a day has at most: minutes. */
const DAY_BARS_MAX = 1441;
const UTC8_OFFSET_MS = 8 * 3_600_000;

/** market/ticker. */
export const readTicker = (request: OkxRequest): OkxAnswer =>
  withMarket(request, (market) => {
    const row = toTickerRow(market, request.now);
    return row === null ? refuseSystemError("no price is known") : answerWith([row]);
  });

/** market/tickers: every listed market of a type; maintenance once the recordings of all of them have ended. */
export const readTickers = ({ markets, query, now }: OkxRequest): OkxAnswer => {
  const instType = query["instType"] ?? "";
  if (!["SPOT", "SWAP", "FUTURES", "OPTION"].includes(instType)) return refuseParameter("instType");
  const listed = markets.filter((market) => market.instrument.instType === instType && isListed(market, now));
  const open = listed.filter((market) => !hasEnded(market, now));
  if (listed.length > 0 && open.length === 0) return refuseMaintenance();
  return answerWith(open.map((market) => toTickerRow(market, now)).filter((row) => row !== null));
};

/** null only when no price is known; a listed market always has one. */
const toTickerRow = ({ instrument, history, sumDay }: ListedMarket, now: number): object | null => {
  const { market } = history;
  const bar: Required<Aggregation> = { from: market.timeframe, to: market.timeframe, gridOffsetMs: 0 };
  const { series, closedCount } = history.known(bar, now, { until: now, count: DAY_BARS_MAX });
  const forming = history.forming(bar, now);
  const finest = history.finest(now, DAY_MS);
  const price = forming?.open ?? series[closedCount - 1]?.close;
  if (price === undefined) return null;
  const { last, bid, ask } = quoteRecorded(price, instrument.tick);
  const day = series.slice(countBefore(series, now - DAY_MS), closedCount);
  return {
    instType: instrument.instType,
    instId: instrument.instId,
    last: toPlain(last),
    lastSz: "",
    askPx: toPlain(ask),
    askSz: "",
    bidPx: toPlain(bid),
    bidSz: "",
    ...dayFields(instrument, day, sumDay),
    sodUtc0: openAt(finest, floorToGrid(now, DAY_MS)),
    sodUtc8: openAt(finest, floorToGrid(now + UTC8_OFFSET_MS, DAY_MS) - UTC8_OFFSET_MS),
    ts: String(now),
  };
};

/** The last 24 hours of closed candles; empty text for what they do not show. Volumes as in candle rows. */
const dayFields = (
  { instType, contractValue }: ListedMarket["instrument"],
  day: readonly Candle[],
  sumDay: ListedMarket["sumDay"],
): object => {
  const prices = {
    open24h: toText(day[0]?.open),
    high24h: day.length === 0 ? "" : toText(day.reduce((highest, { high }) => Math.max(highest, high), 0)),
    low24h: day.length === 0 ? "" : toText(day.reduce((lowest, { low }) => Math.min(lowest, low), Infinity)),
  };
  const { base, quote, unknown } = sumDay(day);
  if (day.length === 0 || unknown > 0) return { ...prices, vol24h: "", volCcy24h: "" };
  const traded = decimal(base.toNumber());
  if (instType === "SWAP") {
    return { ...prices, vol24h: toPlain(traded.div(contractValue)), volCcy24h: toPlain(traded) };
  }
  return { ...prices, vol24h: toPlain(traded), volCcy24h: toPlain(quote) };
};

const openAt = (candles: readonly Candle[], time: number): string => {
  const candle = candles[countBefore(candles, time)];
  return candle?.openTime === time ? toText(candle.open) : "";
};

const toText = (price: number | undefined): string => (price === undefined ? "" : toPlain(priceToMoney(price)));
