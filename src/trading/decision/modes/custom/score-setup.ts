import { allOf, anyOf, type Truth } from "../../analysis/condition";
import { roundScore } from "../../basis/condition-reading";
import type { ConditionsReads, SetupReads, WeightedReads } from "./custom-reads";
import type { RuleReader } from "./read-condition";

/** What each shown condition could add to a side's score, and what it adds. */
type Share = { readonly weight: number; readonly contribution: number };

export type SetupScore = {
  /** 0..1; null: its conditions are not met, or a value that it needs is unknown. */
  readonly score: number | null;
  /** Whether it may enter: its trigger, or all of its conditions; null: unknown. */
  readonly isMet: Truth;
  /** In the order of its shown conditions. */
  readonly shares: readonly Share[];
};

const clamp = (score: number): number => roundScore(Math.min(1, Math.max(0, score)));

const scoreOf = ({ score }: ConditionsReads, { valueAt, holdsAt }: RuleReader): number | null => {
  if (typeof score === "number") return score;
  if ("value" in score) return valueAt(score.value, 0);
  return score.tiers.find(({ when }) => holdsAt(when, 0) === true)?.score ?? score.otherwise;
};

/** It counts as a whole, on its first line. */
const scoreConditions = (setup: ConditionsReads, reader: RuleReader): SetupScore => {
  const isMet = allOf(setup.all.map(({ when }) => reader.holdsAt(when, 0)));
  const value = scoreOf(setup, reader);
  const full = value === null ? 0 : clamp(value);
  const score = isMet === true && value !== null ? full : null;
  const shares = setup.all.map((_, index) =>
    index === 0 ? { weight: full, contribution: score ?? 0 } : { weight: 0, contribution: 0 },
  );
  return { score, isMet, shares };
};

const sumOf = (shares: readonly Share[]): number => shares.reduce((sum, { contribution }) => sum + contribution, 0);

/** A category's weight counts once, on the line of its first met condition. */
const categoryShares = ({ categories }: WeightedReads, { holdsAt }: RuleReader): Share[] =>
  categories.flatMap(({ weight, any }) => {
    const counted = any.find(({ when }) => holdsAt(when, 0) === true);
    return any.map((line) => ({ weight: roundScore(weight), contribution: line === counted ? roundScore(weight) : 0 }));
  });

/**
 * First what is added to the categories' sum, then what multiplies it, one after the other; each as what it adds or takes,
 * rounded like the score, so that the lines sum to it.
 */
const adjustmentShares = ({ adjustments }: WeightedReads, base: number, { holdsAt }: RuleReader): Share[] => {
  const shares: Share[] = adjustments.map(() => ({ weight: 0, contribution: 0 }));
  let subtotal = base;
  for (const by of ["add", "multiply"] as const) {
    adjustments.forEach((adjustment, index) => {
      if (adjustment.by !== by) return;
      const weight = roundScore(by === "add" ? adjustment.amount : subtotal * (adjustment.amount - 1));
      const contribution = holdsAt(adjustment.when, 0) === true ? weight : 0;
      shares[index] = { weight, contribution };
      subtotal += contribution;
    });
  }
  return shares;
};

const scoreWeighted = (setup: WeightedReads, reader: RuleReader): SetupScore => {
  const categories = categoryShares(setup, reader);
  const adjustments = adjustmentShares(setup, sumOf(categories), reader);
  const trigger = setup.categories.find(({ code }) => code === setup.trigger);
  const isMet = trigger ? anyOf(trigger.any.map(({ when }) => reader.holdsAt(when, 0))) : true;
  const shares = [...categories, ...adjustments];
  return { score: clamp(sumOf(shares)), isMet, shares };
};

/** A weighted setup is scored also where its trigger is not met; any other only where all of its conditions are. */
export const scoreSetup = (setup: SetupReads, reader: RuleReader): SetupScore =>
  setup.kind === "conditions" ? scoreConditions(setup, reader) : scoreWeighted(setup, reader);
