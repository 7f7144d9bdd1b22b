import type { PairDecision } from "~/contracts/cycle-view";

export type VerdictView = NonNullable<PairDecision["verdict"]>;
export type RiskCheckView = VerdictView["checks"][number];

/** A decision that the risk gate was asked about. */
export type JudgedDecision = PairDecision & { readonly verdict: VerdictView };

const ORDER = { fail: 0, unknown: 1, exempt: 2, pass: 3 } as const;

/** Rules that failed first, then those that could not be judged, then exemptions, each kind in the order of the gate. */
export const failedFirst = (checks: readonly RiskCheckView[]): RiskCheckView[] =>
  checks.toSorted((first, second) => ORDER[first.outcome] - ORDER[second.outcome]);

export const isJudged = (decision: PairDecision): decision is JudgedDecision => decision.verdict !== null;
