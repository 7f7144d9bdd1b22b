import { z } from "zod";
import { approvalSchema } from "./approval/approval-settings";
import type { DecisionMode } from "./decision/basis/decision-mode";
import { DEFAULT_MODE, MODES, type Modes } from "./decision/modes/registry";
import { marketTypeSchema, tradingPairSchema } from "./market/trading-pair";
import { matchingSchema } from "./execution/matching";
import { describeExits } from "./portfolio/describe-exits";
import { dcaSchema } from "./portfolio/entry-legs";
import { exitSettingsSchema } from "./portfolio/exit-terms";
import { riskLimitsSchema } from "./risk/risk-limits";
import { MODE_SIZING, sizingSchema } from "./risk/sizing/sizing-settings";
import { upgradeSettings } from "./upgrade-settings";

const PAIRS_MAX = 20;

/** The settings that bots of every mode have. The order of the pairs is their priority. */
const COMMON = {
  pairs: z
    .array(tradingPairSchema)
    .min(1)
    .max(PAIRS_MAX)
    .refine((pairs) => new Set(pairs).size === pairs.length, "each pair may stand once"),
  marketType: marketTypeSchema.default("swap"),
  /** Venue time between slots. */
  intervalSeconds: z.number().int().min(60).max(86_400).default(300),
  exits: exitSettingsSchema.prefault({}),
  dca: dcaSchema.prefault({}),
  risk: riskLimitsSchema.prefault({}),
  sizing: sizingSchema.default(MODE_SIZING),
  matching: matchingSchema,
  /** Absent: it enters by itself. */
  approval: approvalSchema.optional(),
};

export type CommonSettings = z.infer<z.ZodObject<typeof COMMON>>;
type OwnSettings<All extends Modes> = {
  [Name in keyof All & string]: { mode: Name; decision: z.infer<All[Name]["settings"]> };
}[keyof All & string];
type SettingsIn<All extends Modes> = CommonSettings & OwnSettings<All>;

/** The control holds whatever comes. */
const noExits = exitSettingsSchema.refine(
  (exits) => describeExits(exits).length === 0,
  "the control has no exits: it buys once and holds",
);

const noLegs = dcaSchema.refine(({ legs }) => legs.length === 0, "the control is entered once, without legs");

const noApproval = approvalSchema
  .optional()
  .refine((approval) => approval === undefined, "the control buys once by itself");

const optionOf = (mode: DecisionMode) =>
  z.strictObject({
    mode: z.literal(mode.name),
    ...COMMON,
    ...(mode.isControl && { exits: noExits.prefault({}), dca: noLegs.prefault({}), approval: noApproval }),
    decision: mode.settings.prefault({}),
  });

/** The settings of bots that may choose from these modes. Settings stored by older versions are upgraded when read. */
export const createSettingsSchema = <All extends Modes>(modes: All): z.ZodType<SettingsIn<All>> => {
  const names = Object.keys(modes);
  const options = Object.values(modes).map(optionOf) as [ReturnType<typeof optionOf>];
  const chosen = z.discriminatedUnion("mode", options, {
    error: ({ code }) => (code === "invalid_union" ? `there is no such mode: choose ${names.join(" or ")}` : undefined),
  });
  const withMode = (settings: unknown): unknown => upgradeSettings(settings, DEFAULT_MODE);
  // In a union built from a list, TypeScript loses which settings belong to which mode. The options keep them together.
  return z.preprocess(withMode, chosen) as unknown as z.ZodType<SettingsIn<All>>;
};

/** Everything a trader may set on a bot; each change makes a new version. */
export const botSettingsSchema = createSettingsSchema(MODES);
export type BotSettings = z.infer<typeof botSettingsSchema>;
