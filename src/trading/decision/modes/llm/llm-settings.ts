import { z } from "zod";
import { TIMEFRAMES } from "../../../market/timeframe";

const fraction = z.number().gt(0).lt(1);

/** The part of the prompt that is the trader's own. */
const STRATEGY_MAX = 2000;
const DEFAULT_STRATEGY = [
  "Trade with the trend of the longer timeframe, and only where the shorter one agrees.",
  "Prefer few good entries to many: hold where the readings disagree or matter little.",
  "Close a position when what it was opened for is no longer so.",
].join("\n");

/** The mode's settings and their defaults. Fractions, never percent. */
export const llmSettingsSchema = z.strictObject({
  /** A model of the catalogue, by its key. */
  model: z.string().min(1).max(100).default("scripted"),
  timeframe: z.enum(TIMEFRAMES).default("1h"),
  contextTimeframe: z.enum(TIMEFRAMES).default("4h"),
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
