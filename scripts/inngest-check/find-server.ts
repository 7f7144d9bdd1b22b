import type { Environment } from "../../src/env.js";
import { chooseInngestMode, type InngestMode } from "../../src/inngest/client";

const DEV_SERVER = "http://127.0.0.1:8288";
const REACH_MS = 10_000;

const refuse = (): Promise<Response> => Promise.reject(new Error("a check sends nothing itself"));

export type CheckedServer = { readonly mode: Exclude<InngestMode, { kind: "embedded" }>; readonly baseUrl: string };

/** The server that the environment names. Throws, saying what to set, when no server can call this machine. */
export const findServer = (environment: Environment): CheckedServer => {
  const mode = chooseInngestMode(environment, refuse);
  if (mode.kind === "embedded") throw new Error("There is no server to check: set RUNNER=inngest and its settings.");
  if (mode.kind === "cloud") {
    throw new Error("Hosted Inngest cannot call this machine: set INNGEST_BASE_URL to a server that can.");
  }
  return { mode, baseUrl: mode.baseUrl ?? DEV_SERVER };
};

/** Throws, naming the URL, when no server answers. */
export const reachServer = async ({ baseUrl }: Pick<CheckedServer, "baseUrl">): Promise<void> => {
  await fetch(baseUrl, { signal: AbortSignal.timeout(REACH_MS) }).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new Error(`No Inngest server answers at ${baseUrl} (${cause}). Start it, or correct INNGEST_BASE_URL.`);
  });
};
