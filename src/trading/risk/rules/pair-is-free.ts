import { formatPercent } from "../../format-percent";
import { findAddition, type AdditionLimits } from "../basis/addition";
import type { RiskRule } from "../basis/risk-rule";
import { formatPositions } from "../basis/rule-texts";

/** Why a position may not be added to, as it is stored: "0 (it is not in profit)". */
const whyIn = (limit: string): string | null => /^0 \((.+)\)$/.exec(limit)?.[1] ?? null;

/** One open position per pair, entered once; or twice where the bot may add to a position in profit. */
export const pairIsFreeRule: RiskRule<"pair-is-free", keyof AdditionLimits> = {
  name: "pair-is-free",
  description: "A pair has at most one open position, which is entered once, or twice where the bot may add to it.",
  unit: "count",
  limits: {
    pyramidingMarginMax: {
      least: 0,
      most: 0.25,
      standard: 0,
      section: "Size",
      place: 8,
      label: "Adding to a position",
      text: (most) =>
        most === 0
          ? "Off: a position is entered once"
          : `Adds once to a position in profit, with at most ${formatPercent(most)} of equity as margin`,
    },
    pyramidingTogetherMax: {
      least: 0.01,
      most: 1,
      standard: 0.15,
      section: "Size",
      place: 9,
      label: "Position added to",
      text: (most) => `Binds at most ${formatPercent(most)} of equity as margin in a position that it added to`,
    },
  },
  check: (context) => {
    const addition = findAddition(context, context.limits);
    if (addition.outcome === "none") return { outcome: "pass", measured: "0", limit: "0" };
    if (addition.outcome === "allowed") return { outcome: "pass", measured: "1", limit: "1" };
    const { positions, why } = addition;
    return { outcome: "fail", measured: String(positions), limit: why === null ? "0" : `0 (${why})` };
  },
  words: {
    title: "pair held already",
    refused: "the pair has an open position already",
    reason: ({ limit }) => {
      const why = whyIn(limit);
      return why === null
        ? "this pair has an open position"
        : `this pair has an open position, and it may not be added to: ${why}`;
    },
    change: ({ limit }) =>
      whyIn(limit) === "it is not in profit"
        ? "wait until the open position in this pair is in profit, or closed"
        : "wait until the open position in this pair is closed",
    texts: ({ measured, limit }) => ({
      measured: measured === "0" ? "no position" : formatPositions(measured ?? 0),
      limit: limit === "1" ? formatPositions(1) : "no position before",
    }),
  },
  resizedTo: "adding to a position",
};
