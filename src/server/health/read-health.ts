import type { Ports } from "../ports";
import { executorOf, judgeBeats } from "./judge-beats";
import { readVitals } from "./read-beats";

/** What may be told to anybody, and no more. */
export type Health = { readonly status: "ok" | "starting" | "unavailable" };

/**
 * Health by the database, the heartbeats of the executor and of the demo market (if any), and whether cycles end on
 * time. A part that never beat is starting; a silent one makes the product unavailable, and so do bots that wait too
 * long for the executor. Never throws: a database that does not answer is unavailable.
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
