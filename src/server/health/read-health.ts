import type { Ports } from "../ports";
import { executorOf, judgeBeats } from "./judge-beats";
import { readVitals } from "./read-beats";

/** What may be said to anybody, and no more. */
export type Health = { readonly status: "ok" | "starting" | "unavailable" };

/**
 * Health by the database, the runner's heartbeat (where functions run beside us), the demo market's (where there is one)
 * and that of cycles which end on time. What never beat since the start is starting; what fell silent makes the product
 * unavailable. Never throws: a database that does not answer is unavailable.
 */
export const readHealth = async (
  ports: Pick<Ports, "db">,
  { hasRunner }: { readonly hasRunner: boolean },
): Promise<Health> => {
  try {
    const { beats, hasDemo } = await readVitals(ports);
    if (judgeBeats(beats, { hasDemo }).length > 0) return { status: "unavailable" };
    const isStarting = (hasRunner && executorOf(beats) === null) || (hasDemo && !beats.market);
    return { status: isStarting ? "starting" : "ok" };
  } catch {
    return { status: "unavailable" };
  }
};
