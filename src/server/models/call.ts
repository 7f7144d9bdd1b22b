import type { Prisma } from "../db/prisma";

/** The cycle that asks; none of a user's trial. `slot` is ms of venue time. */
type AskingCycle = { readonly botId: string; readonly cycleId: string; readonly slot: number };

/** What is asked of a model, as it is kept. */
export type CallQuestion = {
  readonly userId: string;
  readonly cycle: AskingCycle | null;
  /** 1, or 2 for a repair. */
  readonly attempt: 1 | 2;
  readonly frameVersion: number;
  /** SHA-256 of model and prompt without what differs from cycle to cycle. */
  readonly promptHash: string;
  /** As JSON. */
  readonly prompt: object;
  readonly facts: readonly object[];
};

/** What of a reply that came is kept beside its body. */
export type CallVerdict = Prisma.InputJsonObject;

/** The breaker of a model: after so many failures in a row it is not asked for a while, then by one call at a time. */
export const BREAKER = { failuresMax: 5, pauseMs: 60_000 } as const;

/** How long after its deadline a call counts as under way: for storing what came of it. */
export const ENDING_MS = 5000;
