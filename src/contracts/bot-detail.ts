import { z } from "zod";
import { exitReasonSchema } from "~/trading/portfolio/exit-reason";
import { amountSchema, pnlSplitSchema, priceDigitsSchema, sideSchema } from "./amount";
import { botRowSchema } from "./bot-row";

/** A setting in words. */
const settingLineSchema = z.object({ label: z.string(), text: z.string() });

/**
 * How a bot has done. Ratios are fractions and null where they cannot be formed (no loss, no win, no trade);
 * `isTooFew`: under 30 closed trades or 30 days (venue time), so that no ratio means anything yet.
 */
const performanceSchema = z.object({
  closed: pnlSplitSchema,
  unrealized: amountSchema,
  trades: z.number().int(),
  wins: z.number().int(),
  losses: z.number().int(),
  days: z.number(),
  isTooFew: z.boolean(),
  winRate: z.number().nullable(),
  /** Mean win / mean loss, net. */
  payoff: z.number().nullable(),
  /** The win rate at which this payoff breaks even: 1 / (1 + payoff). */
  breakEvenWinRate: z.number().nullable(),
  /** Mean net result of a trade, quote currency. */
  expectancy: amountSchema.nullable(),
  maxDrawdown: z.number().nullable(),
  /** Return of the bot and of buying its pairs in equal shares at its first slot and holding, over the same time. */
  returnFraction: z.number().nullable(),
  buyAndHoldFraction: z.number().nullable(),
});
export type Performance = z.infer<typeof performanceSchema>;

/** Settings in words. */
export const settingSectionsSchema = z.array(z.object({ title: z.string(), lines: z.array(settingLineSchema) }));

/** A bot's page: its summary, settings in words and how it has done. */
export const botDetailSchema = botRowSchema.extend({
  settingsVersion: z.number().int(),
  settings: settingSectionsSchema,
  performance: performanceSchema,
  /** What its model cost so far, US dollars; null: it asked none. No other figure here has it in it. */
  modelCost: amountSchema.nullable(),
  /** Market time at which a demo opened; before it is history. */
  openedAt: z.date().nullable(),
  startedAt: z.date().nullable(),
  cycles: z.object({ done: z.number().int(), skipped: z.number().int(), failed: z.number().int() }),
});
export type BotDetail = z.infer<typeof botDetailSchema>;

/** An open position and what it may still cost. Money in quote currency; losses are negative. */
const openPositionSchema = z.object({
  id: z.uuid(),
  pair: z.string(),
  priceDigits: priceDigitsSchema,
  side: sideSchema,
  quantity: amountSchema,
  entryPrice: amountSchema,
  mark: amountSchema,
  markedAt: z.date(),
  /** Its market has had no price since then. */
  isWithoutPrice: z.boolean(),
  leverage: amountSchema,
  margin: amountSchema,
  notional: amountSchema,
  /** Quantity that its legs still enter; null: none. Its losses count them. */
  toCome: amountSchema.nullable(),
  unrealized: amountSchema,
  stopLoss: amountSchema.nullable(),
  takeProfit: amountSchema.nullable(),
  /** Entry fee paid so far. */
  fees: amountSchema,
  /** From now (the mark) to the stop, with the exit's fee; null without a stop. */
  lossAtStop: amountSchema.nullable(),
  /**
   * The same when the price gaps 5 % beyond the stop; null without one. Isolated margin bounds it: from the entry no more
   * than the margin is lost, so from the mark no more than margin + unrealised, and the exit's fee.
   */
  lossAtGap: amountSchema.nullable(),
  openedAt: z.date(),
  openedByCycle: z.uuid().nullable(),
  /** Its trader ordered it closed: it leaves at the next open. */
  isClosing: z.boolean(),
});
export type OpenPosition = z.infer<typeof openPositionSchema>;

/** Open positions with what happens to them together. */
export const openPositionsSchema = z.object({
  positions: z.array(openPositionSchema),
  unrealized: amountSchema,
  /** A position without a stop counts with all of it, in both. */
  lossIfEveryStopFills: amountSchema,
  lossWithGap: amountSchema,
  /** How many have no stop. */
  withoutStop: z.number().int(),
});
export type OpenPositions = z.infer<typeof openPositionsSchema>;

/** A closed round trip in a list. */
export const tradeRowSchema = z.object({
  positionId: z.uuid(),
  pair: z.string(),
  priceDigits: priceDigitsSchema,
  side: sideSchema,
  quantity: amountSchema,
  entryPrice: amountSchema,
  exitPrice: amountSchema,
  enteredAt: z.date(),
  exitedAt: z.date(),
  exitReason: exitReasonSchema,
  pnl: pnlSplitSchema,
  /** Net as a share of the margin that the entry took. */
  returnOnMargin: z.number().nullable(),
  isHistory: z.boolean(),
});
export type TradeRow = z.infer<typeof tradeRowSchema>;

const outcomeSchema = z.enum(["approved", "resized", "rejected"]);

/** What a bot decided for one pair in one cycle, and what the gate said. */
export const decisionRowSchema = z.object({
  id: z.uuid(),
  cycleId: z.uuid(),
  slot: z.date(),
  pair: z.string(),
  action: z.enum(["open", "close", "hold"]),
  side: sideSchema.nullable(),
  score: z.number(),
  reasonCode: z.string(),
  reasonText: z.string(),
  outcome: outcomeSchema.nullable(),
  /** The rule that refused or cut it, and its words. */
  rule: z.string().nullable(),
  verdictText: z.string().nullable(),
});
export type DecisionRow = z.infer<typeof decisionRowSchema>;

/** A cycle in a list. */
export const cycleRowSchema = z.object({
  id: z.uuid(),
  slot: z.date(),
  status: z.enum(["due", "running", "done", "skipped", "failed", "abandoned"]),
  skipReason: z.string().nullable(),
  failure: z.string().nullable(),
  missedCount: z.number().int().nullable(),
  opened: z.number().int(),
  closed: z.number().int(),
  refused: z.number().int(),
  held: z.number().int(),
  durationMs: z.number().nullable(),
  isHistory: z.boolean(),
});
export type CycleRow = z.infer<typeof cycleRowSchema>;
