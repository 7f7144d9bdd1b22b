import type { MarketDecision } from "../decision/basis/market-decision";

/**
 * What a mode wants at a slot, and before it the entry that its trader accepted, so that what the mode would only propose
 * takes no limit from it. What is open in its market is the mode's to close, and its stop trails as the mode reads it.
 */
export const joinAccepted = <Made extends MarketDecision>(wanted: readonly Made[], accepted: Made): Made[] => {
  const own = wanted.find(({ marketId }) => marketId === accepted.marketId);
  if (own?.decision.action === "close") return [...wanted];
  const trailBy = own?.decision.trailBy ?? null;
  const joined = trailBy === null ? accepted : { ...accepted, decision: { ...accepted.decision, trailBy } };
  return [joined, ...wanted.filter((each) => each !== own)];
};
