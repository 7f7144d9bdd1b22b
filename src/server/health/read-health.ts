import type { Ports } from "../ports";
import { executorOf, judgeBeats } from "./judge-beats";
import { readVitals } from "./read-beats";

/** What may be said to anybody, and no more. */
export type Health = { readonly status: "ok" | "starting" | "unavailable" };

/**
 * Health by the database, the heartbeat of whoever executes, the demo market's (where there is one) and that of cycles
 * which end on time. What never beat is starting; what fell silent makes the product unavailable, and so do bots that
 * wait too long for who executes. Never throws: a database that does not answer is unavailable.
 */
export const readHealth = async (ports: Pick<Ports, "db">): Promise<Health> => {
  try {
    const { beats, ...use } = await readVitals(ports);
    if (judgeBeats(beats, use).length > 0) return { status: "unavailable" };
    const isStarting = executorOf(beats) === null || (use.hasDemo && !beats.market);
    return { status: isStarting ? "starting" : "ok" };
  } catch {
    return { status: "unavailable" };
  }
};
