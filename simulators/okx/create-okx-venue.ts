import type { CandleLibrary } from "../candles/candle-library";
import { isListed, listMarket, withMarket, type OkxQuery, type OkxRequest } from "./listed-market";
import { answerWith, refuseEmptyParameter, refuseEndpoint, refuseParameter, type OkxAnswer } from "./okx-answer";
import { readHistoryCandles, readRecentCandles } from "./read-candles";
import { readTicker, readTickers } from "./read-tickers";

export type OkxVenueOptions = {
  readonly candles: CandleLibrary;
  /** Venue time, ms. */
  readonly now: () => number;
};

/** The venue without HTTP: answers GET requests on paths below /api/v5 from what is known at `now`. */
export type OkxVenue = { answer(path: string, query: OkxQuery): OkxAnswer };

const INSTRUMENT_TYPES = ["SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION"];

const readInstruments = ({ markets, query, now }: OkxRequest): OkxAnswer => {
  const { instType, instId } = query;
  if (instType === undefined || instType === "") return refuseEmptyParameter("instType");
  if (!INSTRUMENT_TYPES.includes(instType)) return refuseParameter("instType");
  const found = markets.filter(
    (market) =>
      market.instrument.instType === instType &&
      (instId === undefined || market.instrument.instId === instId) &&
      isListed(market, now),
  );
  return answerWith(found.map(({ instrument }) => instrument.row));
};

/** Recordings hold only candles: for funding and open interest the venue answers that it has none. */
const readUnrecorded = (request: OkxRequest): OkxAnswer => withMarket(request, () => answerWith([]));

const ROUTES: Readonly<Record<string, (request: OkxRequest) => OkxAnswer>> = {
  "public/time": ({ now }) => answerWith([{ ts: String(now) }]),
  "public/instruments": readInstruments,
  "public/funding-rate": readUnrecorded,
  "public/funding-rate-history": readUnrecorded,
  "public/open-interest": readUnrecorded,
  "market/candles": readRecentCandles,
  "market/history-candles": readHistoryCandles,
  "market/ticker": readTicker,
  "market/tickers": readTickers,
};

export const createOkxVenue = ({ candles, now }: OkxVenueOptions): OkxVenue => {
  const markets = candles.markets.map(listMarket);
  return {
    answer: (path, query) => {
      const route = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
      // A venue's clock has whole milliseconds; an accelerated one computes fractions.
      return route === undefined ? refuseEndpoint() : route({ markets, query, now: Math.floor(now()) });
    },
  };
};
