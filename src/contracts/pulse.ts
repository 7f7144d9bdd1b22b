import { z } from "zod";

/**
 * The parts that trading depends on, ordered so that a part which hides the state of others comes first. `runner`: the
 * embedded runner; `functions`: an Inngest server, which we cannot restart.
 */
const STOPPABLE = ["database", "runner", "functions", "market", "cycles"] as const;
export type Part = (typeof STOPPABLE)[number];

/** A part that has stopped, and its last sign of life: wall time. */
const stoppageSchema = z.object({ part: z.enum(STOPPABLE), since: z.iso.datetime() });
export type Stoppage = z.infer<typeof stoppageSchema>;

/**
 * The product's health, sent to open pages each second without a query of theirs. `lags`: by how much market time the
 * newest figures of a simulated market are behind its clock, where that is more than their bots' interval explains.
 */
const pulseSchema = z.object({
  kind: z.literal("pulse"),
  stopped: z.array(stoppageSchema),
  lags: z.array(z.object({ venueId: z.uuid(), behindSeconds: z.number().int() })),
});
export type Pulse = z.infer<typeof pulseSchema>;

type Words = { readonly title: string; readonly advice: string; readonly over: string };

const WORDS: Record<Part, Words> = {
  database: {
    title: "The database does not answer",
    advice:
      "Nothing is read or written until it does, and the figures are from that time. If this lasts, restart 0xBot.",
    over: "The database answers again.",
  },
  runner: {
    title: "Trading has stopped",
    advice:
      "The process that runs the bots does not respond. It restarts by itself; stops touched in the meantime are settled then.",
    over: "Trading has resumed.",
  },
  functions: {
    title: "Trading has stopped",
    advice:
      "The Inngest server calls no functions: check that it runs and reaches this app. Stops touched in the meantime are settled once it does.",
    over: "Trading has resumed.",
  },
  market: {
    title: "The demo market has stopped",
    advice: "It does not respond, so its bots have no prices. It restarts by itself.",
    over: "The demo market is running again.",
  },
  cycles: {
    title: "Trading is delayed",
    advice: "Cycles that were due have not ended. The machine may be too busy: on the demo, lower the market speed.",
    over: "Cycles end on time again.",
  },
};

/** A stopped part in words: what happened, what to do, and the text once it is over. */
export const describeStoppage = (part: Part): Words => WORDS[part];
