import { createDayVolumes } from "~/trading/market/day-volumes";
import { timeframeMs } from "~/trading/market/timeframe";

import type { RecordedMarket } from "../candles/candle-library";
import { createInstrument, type Instrument } from "./instrument";
import { createMarketHistory, type MarketHistory } from "./market-history";
import { refuseEmptyParameter, refuseInstrument, refuseMaintenance, type OkxAnswer } from "./okx-answer";

export type ListedMarket = {
  readonly instrument: Instrument;
  readonly history: MarketHistory;
  readonly sumDay: ReturnType<typeof createDayVolumes>;
};

export type OkxQuery = Readonly<Record<string, string | undefined>>;

/** Everything a route may read: the markets, the question and the venue's time (ms). */
export type OkxRequest = { readonly markets: readonly ListedMarket[]; readonly query: OkxQuery; readonly now: number };

export const listMarket = (market: RecordedMarket): ListedMarket => ({
  instrument: createInstrument(market),
  history: createMarketHistory(market),
  sumDay: createDayVolumes(),
});

/** A market is listed when its first candle opens: before that, the venue does not know it. */
export const isListed = ({ history: { market } }: ListedMarket, now: number): boolean => market.from <= now;

/** After the close of the last candle nothing is known; at that instant the last candle still is. */
export const hasEnded = ({ history: { market } }: ListedMarket, now: number): boolean =>
  now > market.through + timeframeMs(market.timeframe);

/** Answers for the market of `instId`, or refuses as the venue does: parameter missing, unknown, or maintenance. */
export const withMarket = (request: OkxRequest, answer: (market: ListedMarket) => OkxAnswer): OkxAnswer => {
  const instId = request.query["instId"];
  if (instId === undefined || instId === "") return refuseEmptyParameter("instId");
  const market = request.markets.find((candidate) => candidate.instrument.instId === instId);
  if (market === undefined || !isListed(market, request.now)) return refuseInstrument();
  return hasEnded(market, request.now) ? refuseMaintenance() : answer(market);
};
