/** Reasons that any mode may give. Each mode adds its own; what is stored may have codes of other versions too. */
export type CommonReason = "warming-up" | "position-open" | "entry";

/** Too few candles for a decision. A replay measures its time from the first slot without this reason. */
export const WARMING_UP = "warming-up" satisfies CommonReason;
