import { z } from "zod";
import { FACT_UNIT_NAMES, type Fact } from "~/trading/decision/asking/fact";
import type { ToldMessage } from "~/trading/decision/asking/write-prompt";
import type { Prisma } from "../db/prisma";

/** What a model was told, as it is kept beside the prompt. */
export const storedFactsSchema = z.array(
  z.object({
    path: z.string(),
    label: z.string(),
    unit: z.enum(FACT_UNIT_NAMES),
    value: z.union([z.number(), z.string(), z.null()]),
  }),
);

const storedMessageSchema = z.object({ message: z.string(), pairs: z.array(z.string()).min(1) });

export type StoredQuestion = ToldMessage & { readonly facts: readonly Fact[] };

/** What a kept call told its model; null: it was a trial of a key, or is of an older shape. */
export const readStoredQuestion = ({
  prompt,
  facts,
}: {
  readonly prompt: Prisma.JsonValue;
  readonly facts: Prisma.JsonValue;
}): StoredQuestion | null => {
  const told = storedMessageSchema.safeParse(prompt).data;
  const known = storedFactsSchema.safeParse(facts).data;
  return told && known ? { ...told, facts: known } : null;
};
