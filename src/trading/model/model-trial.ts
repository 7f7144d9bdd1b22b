import { z } from "zod";
import type { ModelRequest } from "./model-call";
import { readToolCall, type ReplyBody } from "./read-tool-call";

const TOOL = "submit_decision";
const PAIRS = ["BTC/USDT", "ETH/USDT"] as const;

/** What follows from the table below. */
const RIGHT: Readonly<Record<(typeof PAIRS)[number], "long" | "short">> = { "BTC/USDT": "long", "ETH/USDT": "short" };

const TABLE = `| pair | close | EMA50 |
| --- | --- | --- |
| BTC/USDT | 65000 | 64000 |
| ETH/USDT | 3000 | 3100 |`;

const DECISION_SCHEMA = {
  type: "object",
  properties: {
    pair: { type: "string", enum: PAIRS },
    action: { type: "string", enum: ["open"] },
    side: { type: "string", enum: ["long", "short"] },
    confidence: { type: "number", description: "from 0 to 1" },
    reason: { type: "string", description: "one short sentence" },
  },
  required: ["pair", "action", "side", "confidence", "reason"],
  additionalProperties: false,
};

/** A small question with one right answer, in the form of the real one: it costs a fraction of a cent. */
export const MODEL_TRIAL: ModelRequest = {
  system: "You read tables of markets. Nothing is traded: this only tests the connection.",
  blocks: [`${TABLE}\n\nFor each pair: long where the close is above EMA50, short where it is below.`],
  tool: {
    name: TOOL,
    description: "Takes one decision for each pair of the table.",
    inputSchema: {
      type: "object",
      properties: { decisions: { type: "array", items: DECISION_SCHEMA } },
      required: ["decisions"],
      additionalProperties: false,
    },
  },
  // Room for models that think before they answer.
  outputTokensMax: 2000,
};

/** More than were asked for are told of, and not a whole reply of them. */
const DECISIONS_MAX = 10;

const answerSchema = z.object({
  decisions: z
    .array(
      z.object({
        pair: z.enum(PAIRS),
        action: z.literal("open"),
        side: z.enum(["long", "short"]),
        confidence: z.number().min(0).max(1),
        reason: z.string(),
      }),
    )
    .max(DECISIONS_MAX),
});

export type TrialVerdict =
  { readonly outcome: "passed"; readonly answer: string } | { readonly outcome: "failed"; readonly reason: string };

/** Whether a model that was given the trial can be used: it called the tool, in its form, with what the table says. */
export const judgeTrial = (reply: ReplyBody): TrialVerdict => {
  const call = readToolCall(reply, TOOL);
  if ("fault" in call) return { outcome: "failed", reason: `A bot would hold, since ${call.fault}.` };
  const read = answerSchema.safeParse(call.input);
  if (!read.success) return { outcome: "failed", reason: "The model's answer has not the form that was asked for." };
  const sides = new Map(read.data.decisions.map(({ pair, side }) => [pair, side]));
  const answer = read.data.decisions.map(({ pair, side }) => `${pair} ${side}`).join(", ");
  const isRight = read.data.decisions.length === PAIRS.length && PAIRS.every((pair) => sides.get(pair) === RIGHT[pair]);
  return isRight
    ? { outcome: "passed", answer }
    : { outcome: "failed", reason: `The model read the table wrongly: ${answer || "no decision"}.` };
};
