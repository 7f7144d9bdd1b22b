import type { Pulse } from "~/contracts/pulse";
import type { Ports } from "../ports";
import { readStopped } from "./read-beats";
import { readLags } from "./read-lags";

/** What a pulse tells, as the database has it. */
export const readPulse = async (ports: Pick<Ports, "db">): Promise<Pick<Pulse, "stopped" | "lags">> => {
  const stopped = await readStopped(ports);
  const lags = await readLags(ports);
  return { stopped: stopped.map(({ part, since }) => ({ part, since: since.toISOString() })), lags };
};
