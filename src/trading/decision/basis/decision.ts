import { z } from "zod";
import { exitTermsSchema } from "../../portfolio/exit-terms";
import { positionSideSchema } from "../../portfolio/position-side";
import type { TrailReading } from "../../portfolio/trail-reading";
import { tradingPairSchema } from "../../market/trading-pair";

/**
 * One condition a mode looked at, for one side. `value` and `threshold` are in the condition's own unit; `met` null
 * means unknown (the data lacks it). "is" asks for yes or no, "=" for the number that was shown.
 * `contribution` is what it added to the side's score, `weight` what it could add.
 */
export const evidenceSchema = z.object({
  side: positionSideSchema,
  category: z.string(),
  condition: z.string(),
  value: z.number().nullable(),
  operator: z.enum(["<", "<=", ">", ">=", "crosses-up", "crosses-down", "is", "="]),
  threshold: z.number().nullable(),
  met: z.boolean().nullable(),
  weight: z.number(),
  contribution: z.number(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Why, as a code that is counted and a sentence that is read. */
const decisionReasonSchema = z.object({ code: z.string().regex(/^[a-z0-9-]+$/), text: z.string() });
export type DecisionReason<Code extends string = string> = z.infer<typeof decisionReasonSchema> & {
  readonly code: Code;
};

/**
 * What a mode decides for one pair at one closed decision candle: the contract of all modes (TRADING 3). `score` 0..1;
 * `sizeFraction` is margin / equity; prices are quote per base in plain notation; `decidedCandle` is the open time (ms
 * UTC) of the decision candle. A hold has side, prices and size null; the control opens without stop and target.
 */
export const decisionSchema = z.object({
  pair: tradingPairSchema,
  action: z.enum(["open", "close", "hold"]),
  side: positionSideSchema.nullable(),
  decidedCandle: z.number().int().nullable(),
  score: z.number().min(0).max(1),
  /** The score of each side, where the mode scores both sides. */
  scores: z
    .object({ long: z.number().min(0).max(1), short: z.number().min(0).max(1) })
    .nullable()
    .optional(),
  sizeFraction: z.number().min(0).max(1).nullable(),
  leverage: z.number().min(1).nullable(),
  entryPrice: z.string().nullable(),
  stopLoss: z.string().nullable(),
  takeProfit: z.string().nullable(),
  invalidation: z.array(z.string()),
  /** How the position is to be closed beside its stop and target; of a close of a part: how the rest is. */
  exits: exitTermsSchema.nullable().optional(),
  /** The share of the position that a close takes; absent: all of it. */
  closeFraction: z.number().gt(0).max(1).nullable().optional(),
  evidence: z.array(evidenceSchema),
  reason: decisionReasonSchema,
});
export type Decision = z.infer<typeof decisionSchema> & {
  /** By what the stop of an open position may trail from the decision candle on. Not stored. */
  readonly trailBy?: TrailReading | null;
};

/** A decision to do nothing, with its reason: one of the mode's codes. */
export const holdDecision = <Code extends string>(
  pair: string,
  reason: DecisionReason<Code>,
  details: Partial<Pick<Decision, "decidedCandle" | "score" | "scores" | "evidence">> = {},
): Decision & { readonly reason: DecisionReason<Code> } => ({
  pair,
  action: "hold",
  side: null,
  decidedCandle: details.decidedCandle ?? null,
  score: details.score ?? 0,
  scores: details.scores ?? null,
  sizeFraction: null,
  leverage: null,
  entryPrice: null,
  stopLoss: null,
  takeProfit: null,
  invalidation: [],
  evidence: details.evidence ?? [],
  reason,
});
