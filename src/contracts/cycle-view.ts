import { z } from "zod";
import { evidenceSchema } from "~/trading/decision/basis/decision";
import { evidenceWordsSchema } from "~/trading/decision/basis/evidence-words";
import { amountSchema, priceDigitsSchema, sideSchema } from "./amount";
import { modeViewSchema } from "./mode-view";

export const STAGES = [
  "read-market",
  "read-portfolio",
  /** Of a bot whose mode asks a model. */
  "ask-model",
  "make-decisions",
  "apply-risk",
  "execute-orders",
  "record-equity",
] as const;

/** One rule's result for one decision: measured value beside its limit, both as text in `unit`. */
export const riskCheckSchema = z.object({
  rule: z.string(),
  outcome: z.enum(["pass", "fail", "unknown", "exempt"]),
  measured: z.string().nullable(),
  limit: z.string(),
  unit: z.enum(["fraction", "ratio", "count", "USDT", "minutes", "seconds", "state", "price", "times"]),
  /** What the rule asks for, in one sentence. */
  description: z.string(),
});

const verdictSchema = z.object({
  outcome: z.enum(["approved", "resized", "rejected"]),
  rule: z.string().nullable(),
  reason: z.string(),
  quantity: amountSchema.nullable(),
  /** How the size came about, in words; null for a close, and where an older version judged. */
  size: z.string().nullable(),
  /** What the user's other bots held and lost then, in words; null where the user limited nothing. */
  others: z.string().nullable(),
  checks: z.array(riskCheckSchema),
  /** The smallest change that would have let it pass, or what to wait for; null where nothing failed. */
  nearestChange: z.string().nullable(),
});

const fillSchema = z.object({
  id: z.uuid(),
  price: amountSchema,
  quantity: amountSchema,
  fee: amountSchema,
  /** Null: nobody knows it. */
  slippage: amountSchema.nullable(),
  filledAt: z.date(),
  positionId: z.uuid(),
});

/** An order: what was intended, what the venue holds of it, what was filled. */
export const orderViewSchema = z.object({
  id: z.uuid(),
  clientOrderId: z.string(),
  pair: z.string(),
  priceDigits: priceDigitsSchema,
  /** "addition": an entry into a position that another decision had opened. */
  purpose: z.enum(["entry", "addition", "leg", "exit", "protective", "manual"]),
  kind: z.string(),
  side: z.enum(["buy", "sell"]),
  positionSide: sideSchema,
  quantity: amountSchema,
  filledQuantity: amountSchema,
  averagePrice: amountSchema.nullable(),
  leverage: amountSchema,
  stopLoss: amountSchema.nullable(),
  takeProfit: amountSchema.nullable(),
  /** Of an entry: what it enters further, at which prices, as it was ordered. */
  legs: z.array(z.object({ price: amountSchema, quantity: amountSchema })),
  status: z.string(),
  statusReason: z.string().nullable(),
  intendedAt: z.date(),
  fills: z.array(fillSchema),
});
export type OrderView = z.infer<typeof orderViewSchema>;

/** What the bot read, decided and was allowed for one pair. `evidence` null: it is no longer stored. */
const pairDecisionSchema = z.object({
  id: z.uuid(),
  pair: z.string(),
  priceDigits: priceDigitsSchema,
  action: z.enum(["open", "close", "hold"]),
  side: sideSchema.nullable(),
  score: z.number(),
  scores: z.object({ long: z.number().nullable(), short: z.number().nullable() }),
  /** The score from which the bot enters; null: its mode has none. */
  entryScore: z.number().nullable(),
  decidedCandle: z.date().nullable(),
  sizeFraction: z.number().nullable(),
  leverage: z.number().nullable(),
  entryPrice: amountSchema.nullable(),
  stopLoss: amountSchema.nullable(),
  takeProfit: amountSchema.nullable(),
  invalidation: z.array(z.string()),
  reasonCode: z.string(),
  reasonText: z.string(),
  /** For a hold: the nearest change of the market that would have let the bot enter; null where there is none to name. */
  nearestChange: z.string().nullable(),
  evidence: z.array(evidenceSchema).nullable(),
  verdict: verdictSchema.nullable(),
  orders: z.array(orderViewSchema),
});
export type PairDecision = z.infer<typeof pairDecisionSchema>;

/** A market as the cycle saw it. Null is unknown. */
const marketSeenSchema = z.object({
  pair: z.string(),
  priceDigits: priceDigitsSchema,
  referencePrice: amountSchema.nullable(),
  last: amountSchema.nullable(),
  bid: amountSchema.nullable(),
  ask: amountSchema.nullable(),
  quoteVolume24h: amountSchema.nullable(),
  fundingRate: amountSchema.nullable(),
  openInterest: amountSchema.nullable(),
  hash: z.string(),
});

/** A stage that ran: how long, how often it was tried where known, and what it returned in words. */
const stageSchema = z.object({
  stage: z.enum(STAGES),
  state: z.enum(["done", "running", "not-reached", "not-needed"]),
  durationMs: z.number().nullable(),
  attempts: z.number().int().nullable(),
  /** Set when a process died in this stage and another went on. */
  recovered: z.string().nullable(),
  summary: z.string().nullable(),
});
export type StageView = z.infer<typeof stageSchema>;

/** A fill of this cycle's span that no decision asked for: a protective exit, or a leg of an entry. */
const settledSchema = z.object({
  fillId: z.uuid(),
  positionId: z.uuid(),
  pair: z.string(),
  priceDigits: priceDigitsSchema,
  side: sideSchema,
  /** What it did to the position; a part leaves some of it open. */
  change: z.enum(["closed", "part", "leg"]),
  /** By which level: the reason of an exit. */
  kind: z.string(),
  price: amountSchema,
  quantity: amountSchema,
  /** Of the whole trade, told with the exit that ended it; null: the position went on. */
  net: amountSchema.nullable(),
  filledAt: z.date(),
});
export type SettledFill = z.infer<typeof settledSchema>;

/** One cycle, whole. `slot` and all market times are venue time; planned, started and ended are wall time. */
export const cycleViewSchema = z.object({
  id: z.uuid(),
  bot: z.object({
    id: z.uuid(),
    name: z.string(),
    mode: modeViewSchema,
    currency: z.string(),
    isSimulated: z.boolean(),
  }),
  slot: z.date(),
  status: z.enum(["due", "running", "done", "skipped", "failed", "abandoned"]),
  skipReason: z.string().nullable(),
  failure: z.string().nullable(),
  missedCount: z.number().int().nullable(),
  isHistory: z.boolean(),
  settingsVersion: z.number().int().nullable(),
  plannedAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  /** Rises with each claim of the bot; the runs that held it before are counted here. */
  epoch: z.string().nullable(),
  previousId: z.uuid().nullable(),
  nextId: z.uuid().nullable(),
  stages: z.array(stageSchema),
  markets: z.array(marketSeenSchema),
  settled: z.array(settledSchema),
  /** What the evidence of its decisions is called. */
  evidenceWords: evidenceWordsSchema,
  decisions: z.array(pairDecisionSchema),
  equity: z
    .object({
      equity: amountSchema,
      cash: amountSchema,
      margin: amountSchema,
      unrealized: amountSchema,
      peak: amountSchema,
    })
    .nullable(),
  /** The equity before it, at the slot before; null: there is none. */
  equityBefore: amountSchema.nullable(),
});
export type CycleView = z.infer<typeof cycleViewSchema>;
