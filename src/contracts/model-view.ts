import { z } from "zod";
import { amountSchema } from "./amount";

/** What code found of one cited number: as it was told, another one, never told, told to be missing, or what others say. */
const CITATION_VERDICTS = ["grounded", "differs", "unknown-path", "missing-value", "quoted"] as const;

/** A number or word that an answer relies on, beside what the model was told. `label` null: nothing of that path was. */
const citationSchema = z.object({
  path: z.string(),
  label: z.string().nullable(),
  cited: z.string(),
  told: z.string().nullable(),
  verdict: z.enum(CITATION_VERDICTS),
});
export type CitationView = z.infer<typeof citationSchema>;

const proposalSchema = z.object({
  action: z.enum(["open_long", "open_short", "close", "hold"]),
  /** From 0 to 1. */
  confidence: z.number(),
  /** The model's own words. */
  thesis: z.string(),
  stop: amountSchema.nullable(),
  target: amountSchema.nullable(),
  invalidation: z.array(z.string()),
  citations: z.array(citationSchema),
});
export type ModelProposal = z.infer<typeof proposalSchema>;

/** What a model answered about a pair: a proposal, or why its answer counts for nothing. */
export const pairAnswerSchema = z.object({
  pair: z.string(),
  proposal: proposalSchema.nullable(),
  fault: z.string().nullable(),
});
export type PairAnswerView = z.infer<typeof pairAnswerSchema>;

/** A part of a prompt, and whose words it is. */
const promptPartSchema = z.object({
  name: z.string(),
  whose: z.enum(["ours", "trader", "data"]),
  text: z.string(),
});
export type PromptPart = z.infer<typeof promptPartSchema>;

export const CALL_STATES = ["reserved", "replied", "refused", "lost"] as const;

/** One question to a model, and what became of it. Times are wall time, money US dollars. */
const modelCallSchema = z.object({
  id: z.uuid(),
  /** 1, or 2 where a reply that could not be used was asked to be repaired. */
  attempt: z.number().int(),
  providerTitle: z.string(),
  model: z.string(),
  /** By its own word; null: nobody answered. */
  servedModel: z.string().nullable(),
  isSimulated: z.boolean(),
  frameVersion: z.number().int(),
  state: z.enum(CALL_STATES),
  /** What went wrong and what to do, in words. */
  reason: z.string().nullable(),
  /** Why nothing of the reply could be used; null: something could, or there is none. */
  fault: z.string().nullable(),
  reserve: amountSchema,
  /** Null: it is not settled yet. Of a lost reply: the reserve. */
  cost: amountSchema.nullable(),
  /** By kind; null: the reply does not say, or there is none. */
  tokens: z
    .object({
      input: z.number().int(),
      cacheRead: z.number().int(),
      cacheWrite: z.number().int(),
      output: z.number().int(),
    })
    .nullable(),
  /** Since when the price holds by which it was counted; null: unknown. */
  pricedSince: z.date().nullable(),
  stopReason: z.string().nullable(),
  requestId: z.string().nullable(),
  tries: z.number().int().nullable(),
  latencyMs: z.number().nullable(),
  askedAt: z.date(),
  answeredAt: z.date().nullable(),
  prompt: z.array(promptPartSchema),
  /** The reply's body as it came. */
  raw: z.string().nullable(),
  pairs: z.array(pairAnswerSchema),
  /** Pairs that were answered and not asked about. */
  ignored: z.array(z.string()),
});
export type ModelCallView = z.infer<typeof modelCallSchema>;

/** What a cycle asked of a model, in order; none: `held` says why nobody was asked, null where no model had to be. */
export const cycleModelSchema = z.object({ calls: z.array(modelCallSchema), held: z.string().nullable() });
export type CycleModel = z.infer<typeof cycleModelSchema>;
