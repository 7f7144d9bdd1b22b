const KINDS = [
  "user",
  "account",
  "venue",
  "bot",
  "cycle",
  "analysis",
  "decision",
  "intent",
  "order",
  "fill",
  "position",
  "snapshot",
  "alert",
  "activity",
  "model-call",
  "lesson",
  "command",
  "form",
  "proposal",
  "nobody",
  "flow",
  "model-key",
] as const;

/** A fixed UUID for the n-th record of a kind. */
export const sampleId = (kind: (typeof KINDS)[number], n: number): string =>
  `00000000-0000-7000-8000-${String(KINDS.indexOf(kind) + 1).padStart(4, "0")}${String(n).padStart(8, "0")}`;

/** A fixed venue time, `minutes` after the first. */
export const sampleTime = (minutes: number): string => new Date(1_704_067_200_000 + minutes * 60_000).toISOString();
