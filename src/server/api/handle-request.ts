import { getTRPCErrorFromUnknown } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { after } from "next/server";
import { getServer } from "../runtime";
import { createContext } from "./procedure/create-context";
import { guardRequest } from "./guard-request";
import { retryAfter } from "./procedure/limit-calls";
import { translateError } from "./procedure/translate-error";
import { reportError } from "./report-error";
import { appRouter } from "./root";

const ENDPOINT = "/api/trpc";
/** Calls in one request. */
const BATCH_MAX = 10;

type ApiServer = Parameters<typeof createContext>[0];

/** Answers a call of the API over HTTP, a stream of events included. */
export const answerApiRequest = async (server: ApiServer, request: Request): Promise<Response> => {
  const guarded = await guardRequest(request, server.auth.publicUrl.origin);
  if (guarded instanceof Response) return guarded;
  const response = await fetchRequestHandler({
    endpoint: ENDPOINT,
    req: guarded,
    router: appRouter,
    createContext: ({ req, resHeaders }) =>
      createContext(server, req.headers, resHeaders).catch((error: unknown) => {
        throw translateError(getTRPCErrorFromUnknown(error));
      }),
    onError: reportError,
    responseMeta: retryAfter,
    maxBatchSize: BATCH_MAX,
  });
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
  return response;
};

export const handleApiRequest = (request: Request): Promise<Response> => {
  const server = getServer();
  // A host that freezes a process between requests has to wait for the mail that this one asked for.
  if (request.method === "POST") after(() => server.ports.mail.settled());
  return answerApiRequest(server, request);
};
