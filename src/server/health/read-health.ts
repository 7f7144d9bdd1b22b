import type { Ports } from "../ports";
import { readBeats, type Beats } from "./read-beats";
import type { ProcessName } from "./record-heartbeat";

/** What may be said to anybody, and no more. */
export type Health = { readonly status: "ok" | "starting" | "unavailable" };

const judge = (names: readonly ProcessName[], beats: Beats): Health["status"] => {
  const found = names.map((name) => beats[name]);
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
      readBeats({ db }),
    ]);
    const names = [...(hasRunner ? (["runner"] as const) : []), ...(demo.length > 0 ? (["market"] as const) : [])];
    return { status: judge(names, beats) };
  } catch {
    return { status: "unavailable" };
  }
};
