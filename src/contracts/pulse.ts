import { z } from "zod";

/**
 * What trading stands on, the part without which nothing is known of the others first. `runner`: who executes beside us;
 * `functions`: an Inngest server executes, which is not ours to start again.
 */
const STOPPABLE = ["database", "runner", "functions", "market", "cycles"] as const;
export type Part = (typeof STOPPABLE)[number];

/** A part that has stopped, and its last sign of life: wall time. */
const stoppageSchema = z.object({ part: z.enum(STOPPABLE), since: z.iso.datetime() });
export type Stoppage = z.infer<typeof stoppageSchema>;

/**
 * How the product is, told to open pages each second without a look-up of theirs. `lags`: by how much market time the
 * newest figures of a simulated market are behind its clock, where that is more than their bots' pace explains.
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
    advice: "Nothing is read or written until it does: figures are of then. If it stays so, start 0xBot again.",
    over: "The database answers again.",
  },
  runner: {
    title: "Trading has stopped",
    advice:
      "What runs the bots gives no sign of life. It is started again by itself; stops touched meanwhile are settled then.",
    over: "Trading goes on.",
  },
  functions: {
    title: "Trading has stopped",
    advice:
      "The Inngest server calls no functions: look whether it runs and reaches this app. Stops touched meanwhile are settled once it does.",
    over: "Trading goes on.",
  },
  market: {
    title: "The demo market has stopped",
    advice: "It gives no sign of life, so its bots have no prices. It is started again by itself.",
    over: "The demo market goes on.",
  },
  cycles: {
    title: "Trading is delayed",
    advice: "Cycles that were due have not ended. The machine may be too busy: a lower market speed helps a demo.",
    over: "Cycles end on time again.",
  },
};

/** A stopped part in words: what is the case, what follows from it, and what is told once it is over. */
export const describeStoppage = (part: Part): Words => WORDS[part];
