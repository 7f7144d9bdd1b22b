import type { Ports } from "../ports";
import type { ProcessName } from "./record-heartbeat";

/** What may be said to anybody, and no more. */
export type Health = { readonly status: "ok" | "starting" | "unavailable" };

/** A process that beats every two seconds and was silent for so long is gone or stuck. */
const SILENT_AFTER_SECONDS = 15;

type Beat = { readonly name: string; readonly isFresh: boolean };

const judge = (names: readonly ProcessName[], beats: readonly Beat[]): Health["status"] => {
  const found = names.map((name) => beats.find((beat) => beat.name === name));
  if (found.some((beat) => beat && !beat.isFresh)) return "unavailable";
  return found.every((beat) => beat) ? "ok" : "starting";
};

/**
 * Health by the database, the runner's heartbeat (where functions run beside us) and the demo market's (where there is
 * one). A process that never beat since the start is starting; one that fell silent makes the product unavailable.
 * Never throws: a database that does not answer is unavailable.
 */
export const readHealth = async (
  { db }: Pick<Ports, "db">,
  { hasRunner }: { readonly hasRunner: boolean },
): Promise<Health> => {
  try {
    const [demo, beats] = await Promise.all([
      db.$queryRaw<{ id: string }[]>`SELECT id FROM venues WHERE kind = 'demo' AND archived_at IS NULL LIMIT 1`,
      db.$queryRaw<Beat[]>`
        SELECT name, beat_at > clock_timestamp() - ${SILENT_AFTER_SECONDS} * interval '1 second' AS "isFresh"
        FROM process_heartbeats`,
    ]);
    const names = [...(hasRunner ? (["runner"] as const) : []), ...(demo.length > 0 ? (["market"] as const) : [])];
    return { status: judge(names, beats) };
  } catch {
    return { status: "unavailable" };
  }
};
