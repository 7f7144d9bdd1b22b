import { Decimal } from "decimal.js";
import type { Evidence } from "~/trading/decision/basis/decision";

export type EvidenceGroup = {
  readonly category: string;
  readonly lines: readonly Evidence[];
  /** What the category's conditions added to the side's score. */
  readonly added: number;
  /** The one weight of all its conditions; null where each has its own. */
  readonly weight: number | null;
};

export const sumAdded = (lines: readonly Evidence[]): number =>
  lines.reduce((sum, { contribution }) => sum.plus(contribution), new Decimal(0)).toNumber();

const sharedWeight = (lines: readonly Evidence[]): number | null => {
  const [first] = lines;
  return first !== undefined && lines.every(({ weight }) => weight === first.weight) ? first.weight : null;
};

/** One side's conditions by category, both in the order in which the mode read them. */
export const groupEvidence = (evidence: readonly Evidence[]): EvidenceGroup[] => {
  const categories = [...new Set(evidence.map(({ category }) => category))];
  return categories.map((category) => {
    const lines = evidence.filter((line) => line.category === category);
    return { category, lines, added: sumAdded(lines), weight: sharedWeight(lines) };
  });
};
