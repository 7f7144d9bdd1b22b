import { z } from "zod";
import type { Analysis } from "./analysis";
import { decisionSchema, type Evidence } from "./decision";
import { packEvidence, unpackEvidence, type PackedEvidence } from "./packed-evidence";

/** An analysis as it is stored. */
export type PackedAnalysis = Omit<Analysis, "evidence"> & { readonly evidence: readonly PackedEvidence[] };

export const packAnalysis = (analysis: Analysis): PackedAnalysis => ({
  ...analysis,
  evidence: packEvidence(analysis.evidence),
});

const packedSchema = z.object({
  candle: z.number().int().nullable(),
  scores: decisionSchema.shape.scores.unwrap(),
  evidence: z.unknown(),
  readings: z.unknown(),
});

/** What a page shows of a stored analysis. `evidence` null: an earlier version deleted it. */
export type ShownAnalysis = Pick<Analysis, "scores"> & { readonly evidence: readonly Evidence[] | null };

/** Throws ZodError for anything that is not a packed analysis. */
export const unpackShown = (packed: unknown): ShownAnalysis => {
  const { scores, evidence } = packedSchema.parse(packed);
  return { scores, evidence: evidence === null ? null : unpackEvidence(evidence) };
};

/** An analysis as it was packed; `readings` is the schema of its mode. Throws ZodError for anything else. */
export const unpackAnalysis = <Readings>(packed: unknown, readings: z.ZodType<Readings>): Analysis<Readings> => {
  const { candle, scores, evidence, readings: stored } = packedSchema.parse(packed);
  return { candle, scores, evidence: unpackEvidence(evidence), readings: readings.parse(stored) };
};
