import type { PairDecision } from "~/contracts/cycle-view";

const bestScore = ({ score, scores }: PairDecision): number => Math.max(score, scores.long ?? 0, scores.short ?? 0);

const isWish = ({ action }: PairDecision): number => (action === "hold" ? 0 : 1);

/** Pairs for which the bot wanted something first, then by their better score. */
export const sortDecisions = (decisions: readonly PairDecision[]): PairDecision[] =>
  decisions.toSorted((first, second) => isWish(second) - isWish(first) || bestScore(second) - bestScore(first));

/** A pair's place on the page, for links within it. */
export const anchorOf = (section: "decision" | "evidence" | "risk", pair: string): string =>
  `${section}-${pair.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;
