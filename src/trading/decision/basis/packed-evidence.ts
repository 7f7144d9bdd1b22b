import { z } from "zod";
import { evidenceSchema, type Evidence } from "./decision";

const FIELDS = [
  "side",
  "category",
  "condition",
  "value",
  "operator",
  "threshold",
  "met",
  "weight",
  "contribution",
] as const satisfies readonly (keyof Evidence)[];

/** One line of evidence without its field names: forty of them fit easily into a cycle's 8 KB. */
export type PackedEvidence = readonly (string | number | boolean | null)[];

/** Evidence as it is stored: one short list per line, in the order of the fields. */
export const packEvidence = (evidence: readonly Evidence[]): PackedEvidence[] =>
  evidence.map((line) => FIELDS.map((field) => line[field]));

const packedSchema = z.array(z.array(z.unknown()).length(FIELDS.length));

/** Restores packed evidence. Throws ZodError for anything else. */
export const unpackEvidence = (packed: unknown): Evidence[] =>
  packedSchema
    .parse(packed)
    .map((values) => evidenceSchema.parse(Object.fromEntries(FIELDS.map((field, index) => [field, values[index]]))));
