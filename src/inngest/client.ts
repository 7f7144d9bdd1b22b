import { Inngest, type ClientOptions } from "inngest";
import pg from "pg";
import { createEmbeddedFetch } from "./embedded/transport/embedded-fetch";
import { wallSchedulerClock } from "./embedded/base/scheduler-clock";

const INNGEST_APP_ID = "0xbot";

/** Where functions execute and how events get there. Functions and verbs do not depend on it. */
export type InngestMode =
  /** In this deployment, over PostgreSQL; `fetch` is that of an embedded transport, or createEmbeddedFetch. */
  | { readonly kind: "embedded"; readonly fetch: typeof fetch }
  | { readonly kind: "dev"; readonly baseUrl?: string }
  | { readonly kind: "selfhosted"; readonly baseUrl: string; readonly signingKey: string; readonly eventKey: string }
  | {
      readonly kind: "cloud";
      readonly signingKey: string;
      readonly eventKey: string;
      readonly maxRuntimeSeconds?: number;
    };

/** The variables that decide the mode, as `env.js` has validated them. */
export type InngestEnvironment = {
  readonly RUNNER?: "embedded" | "inngest" | undefined;
  readonly INNGEST_DEV?: string | undefined;
  readonly INNGEST_BASE_URL?: string | undefined;
  readonly INNGEST_SIGNING_KEY?: string | undefined;
  readonly INNGEST_EVENT_KEY?: string | undefined;
};

/** `1` = the dev server at INNGEST_BASE_URL, else at its default address; a URL = the dev server at that URL. */
const devMode = (value: string, baseUrl: string | undefined): InngestMode => {
  const url = value.includes("://") ? value : baseUrl;
  return url === undefined ? { kind: "dev" } : { kind: "dev", baseUrl: url };
};

/**
 * The mode that the environment asks for. RUNNER alone decides between the embedded runner and an Inngest server. The
 * server is that of INNGEST_DEV, else of INNGEST_BASE_URL (self-hosted), else hosted Inngest. Throws when a key is
 * missing; `env.js` refuses that earlier.
 */
export const chooseInngestMode = (environment: InngestEnvironment, embeddedFetch: typeof fetch): InngestMode => {
  if (environment.RUNNER !== "inngest") return { kind: "embedded", fetch: embeddedFetch };
  const { INNGEST_DEV, INNGEST_BASE_URL: baseUrl, INNGEST_SIGNING_KEY, INNGEST_EVENT_KEY } = environment;
  if (INNGEST_DEV !== undefined) return devMode(INNGEST_DEV, baseUrl);
  if (INNGEST_SIGNING_KEY === undefined || INNGEST_EVENT_KEY === undefined) {
    throw new Error("RUNNER=inngest needs INNGEST_SIGNING_KEY and INNGEST_EVENT_KEY, or INNGEST_DEV.");
  }
  const keys = { signingKey: INNGEST_SIGNING_KEY, eventKey: INNGEST_EVENT_KEY };
  return baseUrl === undefined ? { kind: "cloud", ...keys } : { kind: "selfhosted", baseUrl, ...keys };
};

const EMBEDDED_BASE_URL = "http://embedded.local/";
/** Every step is saved on its own: with buffered steps, finished steps would execute again after a crash. */
const SAVE_EACH_STEP = { bufferedSteps: 1 } as const;

const modeOptions = (mode: InngestMode) => {
  switch (mode.kind) {
    case "embedded": // in-process, so there is nothing to sign
      return {
        isDev: true,
        baseUrl: EMBEDDED_BASE_URL,
        fetch: mode.fetch,
        checkpointing: { ...SAVE_EACH_STEP, maxRuntime: "5m" },
      } as const;
    case "dev":
      return { isDev: true, checkpointing: SAVE_EACH_STEP, ...(mode.baseUrl && { baseUrl: mode.baseUrl }) };
    case "selfhosted": {
      const { baseUrl, signingKey, eventKey } = mode;
      return { isDev: false, baseUrl, signingKey, eventKey, checkpointing: SAVE_EACH_STEP };
    }
    case "cloud": {
      const { signingKey, eventKey, maxRuntimeSeconds = 50 } = mode; // a bit under the route's maxDuration of 60 s
      const checkpointing = { ...SAVE_EACH_STEP, maxRuntime: maxRuntimeSeconds * 1000 };
      return { isDev: false, signingKey, eventKey, checkpointing };
    }
  }
};

type InngestClientOptions = Pick<ClientOptions, "logger" | "internalLogger" | "middleware"> & {
  /** The app id of the functions. Registering replaces all functions of that app. Default: the product's. */
  readonly appId?: string;
};

/** A client for the mode. Factories make functions from it, so that one process can hold several clients. */
export const createInngestClient = (
  mode: InngestMode,
  { appId = INNGEST_APP_ID, ...options }: InngestClientOptions = {},
): Inngest => new Inngest({ ...options, id: appId, ...modeOptions(mode) });

export type InngestClient = ReturnType<typeof createInngestClient>;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

const SEND_MS_MAX = 10_000;

/** A client that only sends, in the environment's mode; in embedded mode its first event connects to this database. */
export const createEventClient = (
  databaseUrl: string,
  environment: InngestEnvironment,
): { readonly client: InngestClient; readonly close: () => Promise<void> } => {
  // An event is only a hint: its sender waits no longer than this for a database that does not answer.
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 1,
    connectionTimeoutMillis: SEND_MS_MAX,
    query_timeout: SEND_MS_MAX,
  });
  // Without a listener, an idle connection that the server closes would end this process. The next event reconnects.
  pool.on("error", () => undefined);
  const mode = chooseInngestMode(environment, createEmbeddedFetch({ pool, clock: wallSchedulerClock }));
  return { client: createInngestClient(mode, { logger: silent, internalLogger: silent }), close: () => pool.end() };
};
