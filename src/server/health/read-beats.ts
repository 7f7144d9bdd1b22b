import type { Ports } from "../ports";
import type { ProcessName } from "./record-heartbeat";

/** A process that beats every two seconds and was silent for so long is gone or stuck. */
const SILENT_AFTER_SECONDS = 15;

type Beat = { readonly beatAt: Date; readonly isFresh: boolean };
/** The last sign of life of each process; one that never beat since the start is missing. */
export type Beats = Readonly<Partial<Record<ProcessName, Beat>>>;

export const readBeats = async ({ db }: Pick<Ports, "db">): Promise<Beats> => {
  const rows = await db.$queryRaw<(Beat & { readonly name: ProcessName })[]>`
    SELECT name, beat_at AS "beatAt",
      beat_at > clock_timestamp() - ${SILENT_AFTER_SECONDS} * interval '1 second' AS "isFresh"
    FROM process_heartbeats`;
  return Object.fromEntries(rows.map(({ name, ...beat }) => [name, beat]));
};
