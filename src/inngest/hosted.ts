import { serve } from "inngest/next";
import { getDatabaseUrl, getEnvironment, getPublicUrl, refuseOpenDevMode } from "~/env";
import { createRuntime } from "~/server/runtime";
import { chooseInngestMode, createInngestClient, type InngestClient, type InngestMode } from "./client";
import { guardRequest } from "./endpoint/guard-request";
import { limitConcurrency } from "./endpoint/limit-concurrency";
import { redactErrors } from "./endpoint/redact-errors";
import { createFunctions } from "./index";

export type Endpoint = (request: Request) => Promise<Response>;

const POOL_MAX = 10;
/** A burst waits: an execution holds a connection most of the time, and two are kept for its further queries. */
const EXECUTIONS_MAX = POOL_MAX - 2;

const refuseEmbedded = (): Promise<Response> => Promise.reject(new Error("the embedded runner has no endpoint"));

type Served = Parameters<typeof serve>[0];
/** What is served, and at which origin; the Host header of a request decides nothing. */
type EndpointOptions = Pick<Served, "functions"> & {
  readonly client: InngestClient;
  readonly mode: InngestMode;
  readonly origin: string;
};

/** The functions behind HTTP, for the server of the configured mode only. */
export const createEndpoint = ({ client, functions, mode, origin }: EndpointOptions): Endpoint => {
  const keys =
    mode.kind === "dev" ? null : [client.signingKey, client.signingKeyFallback].filter((key) => key !== undefined);
  const { GET, POST, PUT } = serve({
    client,
    functions: functions ?? [],
    serveOrigin: origin,
    servePath: "/api/inngest",
    enableUnauthedSync: false,
  });
  type Handler = typeof GET;
  type NextRequest = Parameters<Handler>[0];
  const handlers: Readonly<Record<string, Handler>> = { GET, POST, PUT };
  const answer = async (request: Request): Promise<Response> => {
    const handle = handlers[request.method];
    if (!handle) return Response.json({ message: "Method not allowed" }, { status: 405 });
    return redactErrors(await handle(request as NextRequest, undefined));
  };
  const execute = limitConcurrency(EXECUTIONS_MAX, answer);
  return async (request) => {
    const guarded = await guardRequest(request, keys);
    if (guarded.outcome === "refused") return guarded.response;
    return request.method === "POST" ? execute(guarded.request) : answer(guarded.request);
  };
};

/** The product's endpoint for this process's environment; null in embedded mode, where the runner executes all. */
export const createHostedEndpoint = (): Endpoint | null => {
  const environment = getEnvironment();
  const mode = chooseInngestMode(environment, refuseEmbedded);
  if (mode.kind === "embedded") return null;
  // Next's configuration makes the same check at start, but another server that loads the routes does not.
  refuseOpenDevMode(environment, process.argv);
  const client = createInngestClient(mode);
  const { DEMO_MARKET_URL: demoUrl, DEMO_VENUE_ID: demoVenueId } = environment;
  const runtime = createRuntime({
    databaseUrl: getDatabaseUrl("DATABASE_URL", environment),
    poolMax: POOL_MAX,
    inngest: environment,
    ...(demoUrl !== undefined && { demoUrl }),
    ...(demoVenueId !== undefined && { demoVenueId }),
  });
  return createEndpoint({
    client,
    functions: createFunctions(client, runtime),
    mode,
    origin: getPublicUrl(environment).origin,
  });
};
