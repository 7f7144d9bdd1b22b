import { z } from "zod";

/** What keeps a model from being asked here. */
export const MODEL_LACKS = ["key", "address", "price"] as const;

/**
 * Who answers, and the models of theirs that are known. `lacks`: why nobody can be asked there; null: one can. A model
 * lacks a price where none is known: then it is not asked. `takesAny`: also models that are not listed.
 */
export const modelProviderSchema = z.object({
  provider: z.string(),
  title: z.string(),
  isSimulated: z.boolean(),
  lacks: z.enum(MODEL_LACKS).nullable(),
  takesAny: z.boolean(),
  models: z.array(z.object({ id: z.string(), lacks: z.enum(MODEL_LACKS).nullable() })),
});
export type ModelProviderChoice = z.infer<typeof modelProviderSchema>;
