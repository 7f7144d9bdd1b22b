/** Reasons that any mode may give. Each mode adds its own beside its settings; as stored they are an open set. */
export type CommonReason = "warming-up" | "position-open" | "entry";

/** Candles are missing for a decision: a replay counts its time from the first slot without this reason. */
export const WARMING_UP = "warming-up" satisfies CommonReason;
