import { setTimeout as delay } from "node:timers/promises";
import type { ClusterFolder } from "./data-folder";
import { startServer, type ServerProcess } from "./server-process";

export type StartRequest = {
  readonly settings: Readonly<Record<string, string>>;
  /** Called for each attempt. */
  choosePort(): Promise<number>;
  /** How many taken ports to accept before giving up. */
  readonly portAttempts: number;
};
export type StartedServer = { readonly server: ServerProcess; readonly port: number };

/** After kill -9 the killed server's sessions run on for a moment and hold its shared memory. */
const SHARED_MEMORY_MS = 15_000;
const PAUSE_MS = 250;

type Reason = "port-taken" | "memory-held" | "other";

const reasonOf = (log: string): Reason => {
  if (/could not bind|Address already in use/.test(log)) return "port-taken";
  return log.includes("pre-existing shared memory block") ? "memory-held" : "other";
};

/** Starts the server; waits for the sessions of a killed one to end, and tries another port when one is taken. */
export const startWithRetries = async (cluster: ClusterFolder, request: StartRequest): Promise<StartedServer> => {
  const deadline = performance.now() + SHARED_MEMORY_MS;
  let portsLeft = request.portAttempts - 1;
  for (;;) {
    const port = await request.choosePort();
    const result = await startServer(cluster, { ...request.settings, port: String(port) });
    if (!("log" in result)) return { server: result, port };
    const reason = reasonOf(result.log);
    if (reason === "port-taken" && portsLeft > 0) portsLeft -= 1;
    else if (reason === "memory-held" && performance.now() < deadline) await delay(PAUSE_MS);
    else throw new Error(explainFailure(result.log, port, reason));
  }
};

const explainFailure = (log: string, port: number, reason: Reason): string => {
  const summary =
    reason === "port-taken"
      ? `Port ${port} of 127.0.0.1 is taken. Stop the program that uses it, or choose another port.`
      : "PostgreSQL did not start.";
  return `${summary} Its last lines:\n${log || "(it wrote nothing)"}`;
};
