import { z } from "zod";

export const ANSWER_TOOL = "submit_decisions";

const TEXT_MAX = 600;
const CITED_MAX = 12;
const CONDITIONS_MAX = 3;
const CANDLES_MAX = 100;
const MINUTES_MAX = 43_200;

const price = z.number().positive().finite();

/** What proves the idea wrong, as the core enforces it between cycles. */
const conditionSchema = z.discriminatedUnion("on", [
  z.strictObject({
    on: z.literal("close"),
    operator: z.enum(["<", ">"]),
    price,
    candles: z.number().int().min(1).max(CANDLES_MAX),
  }),
  z.strictObject({ on: z.literal("time"), minutes: z.number().int().min(1).max(MINUTES_MAX), unlessPrice: price }),
]);

const citationSchema = z.strictObject({
  path: z.string().min(1).max(100),
  value: z.union([z.number().finite(), z.string().max(40)]),
});
export type Citation = z.infer<typeof citationSchema>;

const grounds = {
  confidence: z.number().min(0).max(1),
  thesis: z.string().min(1).max(TEXT_MAX),
  evidence: z.array(citationSchema).max(CITED_MAX),
};

/** What a model may want of one pair. Size and leverage are not its to say. */
export const pairAnswerSchema = z.discriminatedUnion("action", [
  z.strictObject({
    pair: z.string(),
    action: z.enum(["open_long", "open_short"]),
    ...grounds,
    stop_loss: price,
    take_profit: price,
    invalidation: z.array(conditionSchema).min(1).max(CONDITIONS_MAX),
  }),
  z.strictObject({ pair: z.string(), action: z.enum(["close", "hold"]), ...grounds }),
]);
export type PairAnswer = z.infer<typeof pairAnswerSchema>;
export type EntryAnswer = Extract<PairAnswer, { stop_loss: number }>;

/** Each pair is validated alone, so that a bad one drops no other. */
export const answerSchema = z.object({ decisions: z.array(z.unknown()).max(200) });

type JsonSchema = Readonly<Record<string, unknown>>;

/** The tool by which a model answers about these pairs, as JSON Schema. */
export const answerTool = (
  pairs: readonly string[],
): { name: string; description: string; input_schema: JsonSchema } => {
  const { $schema: _, ...one } = z.toJSONSchema(pairAnswerSchema) as JsonSchema & {
    oneOf?: JsonSchema[];
    anyOf?: JsonSchema[];
  };
  const narrowed = (one.oneOf ?? one.anyOf ?? []).map((option) => ({
    ...option,
    properties: { ...(option["properties"] as JsonSchema), pair: { type: "string", enum: [...pairs] } },
  }));
  return {
    name: ANSWER_TOOL,
    description: "Submits one decision for each pair that was asked about.",
    input_schema: {
      type: "object",
      properties: { decisions: { type: "array", items: { anyOf: narrowed } } },
      required: ["decisions"],
      additionalProperties: false,
    },
  };
};
