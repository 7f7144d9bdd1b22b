import { z } from "zod";
import { llmSettingsSchema } from "~/trading/decision/asking/llm-settings";
import { amountSchema } from "./amount";
import { pairAnswerSchema } from "./model-view";

/** A question that a bot's model has answered, and what it answered of each pair. */
const pastQuestionSchema = z.object({
  callId: z.uuid(),
  /** The close that it was about, venue time. */
  slot: z.date(),
  pairs: z.array(pairAnswerSchema),
  /** US dollars that asking it once more costs at most, under any strategy; null: unknown. */
  most: amountSchema.nullable(),
});
export type PastQuestion = z.infer<typeof pastQuestionSchema>;

/** `model` as settings name it: by which the questions would be asked once more. */
export const pastQuestionsInput = z.strictObject({
  botId: z.uuid(),
  model: llmSettingsSchema.shape.model.unwrap(),
});
/** The newest first. */
export const pastQuestionsSchema = z.array(pastQuestionSchema);

/** What of a bot's settings its model reads, and which model that is. */
const triedSettingsSchema = llmSettingsSchema.pick({
  model: true,
  strategy: true,
  sides: true,
  confidenceMin: true,
  rewardRiskMin: true,
  citationsMin: true,
});
export type TriedSettings = z.infer<typeof triedSettingsSchema>;

/**
 * Settings by which a past question is asked once more; nothing is traded by what comes of it. `trialId` names the
 * trial, so that one that is sent twice is asked and paid once.
 */
export const tryStrategyInput = z.strictObject({
  trialId: z.uuid(),
  botId: z.uuid(),
  callId: z.uuid(),
  decision: triedSettingsSchema,
});

/** What came of it. `fault`: why there is no answer, or none that could be used. Money in US dollars. */
export const triedStrategySchema = z.object({
  pairs: z.array(pairAnswerSchema),
  fault: z.string().nullable(),
  /** Null: nobody was asked. */
  cost: amountSchema.nullable(),
});
export type TriedStrategy = z.infer<typeof triedStrategySchema>;
