import { createServer, type IncomingMessage } from "node:http";
import { performance } from "node:perf_hooks";

import { closeServer, listenLocally } from "../local-server";
import { createOkxVenue, type OkxVenue, type OkxVenueOptions } from "./create-okx-venue";
import { refuseEndpoint, refuseSystemError, refuseTooManyRequests, type OkxAnswer } from "./okx-answer";
import { createRequestWindow } from "./request-window";

export type OkxSimulatorOptions = OkxVenueOptions & {
  /** 0 or none: any free port. */
  readonly port?: number;
  /** Refuses more than 40 requests in 2 s, as the venue does. Default off. */
  readonly rateLimit?: boolean;
};

export type OkxSimulator = {
  readonly baseUrl: string;
  readonly port: number;
  /** How many requests came in so far. */
  requests(): number;
  close(): Promise<void>;
};

const API_PREFIX = "/api/v5/";

/**
 * OKX's public REST v5 market data over HTTP on 127.0.0.1, from recorded candles and a clock. It never shows the
 * future: a reply depends only on what is known at the venue's time. When that time passes the end of the recording,
 * market data is refused as maintenance (50001). Rejects when the port is taken.
 */
export const createOkxSimulator = async (options: OkxSimulatorOptions): Promise<OkxSimulator> => {
  const venue = createOkxVenue(options);
  const mayPass = options.rateLimit === true ? createRequestWindow(() => performance.now()) : () => true;
  let requestCount = 0;
  const server = createServer((request, response) => {
    requestCount += 1;
    const { status, body } = mayPass() ? answerRequest(venue, request) : refuseTooManyRequests();
    response.writeHead(status, { "content-type": "application/json; charset=UTF-8" });
    response.end(JSON.stringify(body));
  });
  const port = await listenLocally(server, options.port ?? 0);
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    port,
    requests: () => requestCount,
    close: () => closeServer(server),
  };
};

const answerRequest = (venue: OkxVenue, request: IncomingMessage): OkxAnswer => {
  const [path = "", search = ""] = (request.url ?? "").split("?", 2);
  if (request.method !== "GET" || !path.startsWith(API_PREFIX)) return refuseEndpoint();
  try {
    return venue.answer(path.slice(API_PREFIX.length), Object.fromEntries(new URLSearchParams(search)));
  } catch (error) {
    return refuseSystemError(error instanceof Error ? error.message : "unknown fault");
  }
};
