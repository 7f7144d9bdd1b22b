import { z } from "zod";
import { TIMEFRAMES } from "../../market/timeframe";
import { parseModelName } from "../../model/model-name";
import { decimal } from "../../money";

const fraction = z.number().gt(0).lt(1);

/** Characters of the part of the prompt that is the trader's own. */
export const STRATEGY_MAX = 2000;
const DEFAULT_STRATEGY = [
  "Trade with the trend of the longer timeframe, and only where the shorter one agrees.",
  "Prefer few good entries to many: hold where the readings disagree or matter little.",
  "Close a position when what it was opened for is no longer so.",
].join("\n");

/** US dollars a day that a bot may ask for; the user and the system have limits of their own. */
const BUDGET_MAX = 1000;
const budgetSchema = z
  .string()
  // What is no amount is not compared with any: that would throw.
  .regex(/^\d{1,4}(\.\d{1,6})?$/, { error: "a budget is US dollars as plain decimal text", abort: true })
  .refine(
    (text) => decimal(text).gt(0) && decimal(text).lte(BUDGET_MAX),
    `a budget is above 0 and at most ${BUDGET_MAX}`,
  );

/** The mode's settings and their defaults. Fractions, never percent. */
export const llmSettingsSchema = z.strictObject({
  /** Provider and the model's name there, as "anthropic/claude-haiku-5-5". */
  model: z
    .string()
    .max(150)
    .regex(/^[a-z0-9-]+\/[^\s/][^\s]*$/, "a model is named by its provider and its name there, as provider/name")
    .default("scripted/scripted-trader-1"),
  /** US dollars that its model may cost in a UTC day of wall time. */
  budgetPerDay: budgetSchema.default("1"),
  /** The trader agreed to pay as often as a market asks whose clock runs faster than a real one. */
  acceleratedConsent: z.boolean().default(false),
  timeframe: z.enum(TIMEFRAMES).default("1h"),
  contextTimeframe: z.enum(TIMEFRAMES).default("4h"),
  /** It asks at the close of each so many candles. */
  everyCandles: z.number().int().min(1).max(168).default(1),
  strategy: z.string().max(STRATEGY_MAX).default(DEFAULT_STRATEGY),
  sides: z.enum(["both", "long"]).default("both"),
  confidenceMin: z.number().min(0).max(1).default(0.65),
  /** What the target gains at least, as a multiple of what the stop loses. */
  rewardRiskMin: z.number().min(0).max(20).default(1.5),
  /** Numbers of its own market that an entry or a close must cite. */
  citationsMin: z.number().int().min(1).max(8).default(2),
  sizeFraction: fraction.default(0.1),
  leverage: z.number().min(1).max(10).default(1),
});
export type LlmSettings = z.infer<typeof llmSettingsSchema>;

/** A model's provider and its name there. */
export const modelNameOf = ({ model }: Pick<LlmSettings, "model">): ReturnType<typeof parseModelName> =>
  parseModelName(model);

/** What a market is read by. */
export type LlmReads = Pick<LlmSettings, "timeframe" | "contextTimeframe">;
export const llmReads = ({ timeframe, contextTimeframe }: LlmSettings): LlmReads => ({ timeframe, contextTimeframe });
