import { z } from "zod";

import { VenueError } from "~/trading/venue-error";

import { createConcurrencyLimit } from "../create-concurrency-limit";
import { guardAnswers } from "../guard-answers";
import { loadCcxt, type Okx } from "../load-ccxt";
import { toVenueError } from "../to-venue-error";

export type OkxClientOptions = {
  /** Where to ask instead of OKX, such as "http://127.0.0.1:4010". */
  readonly baseUrl?: string;
  /** ccxt's rate limiter; turn it off for a simulator on this machine. Default on. */
  readonly limiter?: boolean;
  /** Limit of one request, answer included. Default 10 s. */
  readonly timeoutMs?: number;
};

type Params = Readonly<Record<string, string | number>>;

// ccxt's endpoint methods answer the venue's own rows; its unified ones would drop the confirm flag, turn prices
// into doubles and choose between candle endpoints by the wall clock.
const ENDPOINTS = {
  "public/time": (okx: Okx, params: Params): Promise<unknown> => okx.publicGetPublicTime(params),
  "public/instruments": (okx: Okx, params: Params): Promise<unknown> => okx.publicGetPublicInstruments(params),
  "public/funding-rate": (okx: Okx, params: Params): Promise<unknown> => okx.publicGetPublicFundingRate(params),
  "public/open-interest": (okx: Okx, params: Params): Promise<unknown> => okx.publicGetPublicOpenInterest(params),
  "market/ticker": (okx: Okx, params: Params): Promise<unknown> => okx.publicGetMarketTicker(params),
  "market/candles": (okx: Okx, params: Params): Promise<unknown> => okx.publicGetMarketCandles(params),
  "market/history-candles": (okx: Okx, params: Params): Promise<unknown> => okx.publicGetMarketHistoryCandles(params),
};

export type OkxEndpoint = keyof typeof ENDPOINTS;

export type OkxClient = {
  /** The rows of a reply's `data`. Throws VenueError. */
  read(endpoint: OkxEndpoint, params?: Params): Promise<unknown[]>;
};

const TIMEOUT_MS_DEFAULT = 10_000;
const REQUESTS_IN_FLIGHT_MAX = 8;

const replySchema = z.looseObject({ code: z.literal("0"), data: z.array(z.unknown()) });

/** OKX's public endpoints through ccxt. Throws RangeError for an invalid base URL. */
export const createOkxClient = async (options: OkxClientOptions): Promise<OkxClient> => {
  const baseUrl = options.baseUrl === undefined ? null : readBaseUrl(options.baseUrl);
  const ccxt = await loadCcxt();
  const GuardedOkx = guardAnswers(ccxt);
  const okx = new GuardedOkx({
    enableRateLimit: options.limiter ?? true,
    timeout: options.timeoutMs ?? TIMEOUT_MS_DEFAULT,
  });
  if (baseUrl !== null) okx.urls["api"] = { rest: baseUrl };
  const inTurn = createConcurrencyLimit(REQUESTS_IN_FLIGHT_MAX);
  return {
    read: (endpoint, params = {}) =>
      inTurn(async () => {
        const reply = await ENDPOINTS[endpoint](okx, params).catch((error: unknown) => {
          throw toVenueError(ccxt, error) ?? error;
        });
        const parsed = replySchema.safeParse(reply);
        if (!parsed.success) throw new VenueError("bad-response", `${endpoint}: ${z.prettifyError(parsed.error)}`);
        return parsed.data.data;
      }),
  };
};

const readBaseUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new RangeError(`the exchange's base URL must look like http://127.0.0.1:4010, was "${text}"`);
  }
  return text.replace(/\/+$/, "");
};
