import type { Part } from "~/contracts/pulse";
import type { RawDatabase } from "../db/raw-sql";
import type { Ports } from "../ports";
import { beatCycles } from "./beat-cycles";
import { readStopped, readVitals } from "./read-beats";
import { recordHeartbeat } from "./record-heartbeat";
import { recordStoppages } from "./record-stoppages";

/** In SQL alone: the start command watches too, which holds no more than that takes. */
type WatchPorts = Pick<Ports, "newId"> & { readonly db: RawDatabase };

/** An older beat of the functions is from an earlier run: what came due meanwhile is not late yet. */
const ANOTHER_LIFE_SECONDS = 150;
/** Later than any slot: no cycle can be late. */
const NOTHING_OWED = new Date(8_640_000_000_000);

type Watch = {
  /** Wall time before which no process ran cycles; null: one always did. */
  readonly notBefore: Date | null;
  /** Set by a watcher that could not reach the database since then, and can now. */
  readonly databaseAwaySince?: Date | null;
};

/**
 * Checks whether cycles end on time and every part that trading needs beats; alerts begin and end accordingly. Returns
 * what has stopped.
 */
export const watchTrading = async (
  ports: WatchPorts,
  { notBefore, databaseAwaySince = null }: Watch,
): Promise<{ readonly stopped: Part[] }> => {
  await beatCycles(ports, notBefore);
  // Without a database no part could beat: their silence is not their fault.
  const found = databaseAwaySince
    ? [{ part: "database" as const, since: databaseAwaySince }]
    : await readStopped(ports, notBefore);
  await recordStoppages(ports, found);
  return { stopped: found.map(({ part }) => part) };
};

/** The same as a durable function, which is itself the sign that those run. */
export const watchFromFunction = async (ports: WatchPorts): Promise<{ readonly stopped: Part[] }> => {
  const { functions } = (await readVitals(ports)).beats;
  const isAnotherLife = functions === undefined || functions.ageSeconds > ANOTHER_LIFE_SECONDS;
  await recordHeartbeat(ports, "functions");
  return watchTrading(ports, { notBefore: isAnotherLife ? NOTHING_OWED : null });
};
