import { z } from "zod";
import { LIMIT_SECTIONS } from "~/trading/risk/basis/risk-rule";
import { VENUE_KINDS } from "~/trading/venue-catalogue";
import { amountSchema } from "./amount";
import { modelProviderSchema } from "./model-choice";

const NAME_MAX = 60;

/** Money that a trader enters: plain, above zero. */
export const moneySchema = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,8})?$/, "must be an amount such as 10000 or 499.5")
  .refine((text) => Number(text) > 0, "must be above 0");

export const botNameSchema = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(NAME_MAX, `must have at most ${NAME_MAX} characters`)
  .regex(/^\P{Cc}+$/u, "must be one line of text")
  // They turn around what stands after the name, wherever it is shown.
  .regex(/^\P{Bidi_Control}+$/u, "must not have characters that change the direction of text");

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The core's own schema reads them; its words are better than any that stand here. */
export const rawSettingsSchema = z.custom<Record<string, unknown>>(
  isFields,
  "must be an object with the settings of a bot",
);

/** `key`: made by the page once a form, so that the same form makes one bot however often it is sent. */
export const createBotSchema = z.strictObject({
  key: z.uuid(),
  name: botNameSchema,
  money: z.discriminatedUnion("from", [
    /** A new paper account with so much money, of which the bot is allotted a part or all. */
    z.strictObject({ from: z.literal("new-account"), venueId: z.uuid(), capital: moneySchema, allotment: moneySchema }),
    z.strictObject({ from: z.literal("account"), accountId: z.uuid(), allotment: moneySchema }),
  ]),
  settings: rawSettingsSchema,
});
export type CreateBot = z.infer<typeof createBotSchema>;

export const templateInputSchema = z.discriminatedUnion("from", [
  z.strictObject({ from: z.literal("preset"), name: z.string().max(40) }),
  z.strictObject({ from: z.literal("bot"), botId: z.uuid() }),
]);

/** Settings to begin a new bot with. `pairs` and interval are among them only where a bot has them. */
export const botTemplateSchema = z.object({
  title: z.string(),
  settings: z.custom<Record<string, unknown>>(isFields),
});
export type BotTemplate = z.infer<typeof botTemplateSchema>;

/** A limit of a bot as a form shows it; fractions where the unit is percent. */
const limitFieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  section: z.enum(LIMIT_SECTIONS),
  least: z.number(),
  most: z.number(),
  standard: z.number(),
  isWhole: z.boolean(),
  isShare: z.boolean(),
});
export type LimitField = z.infer<typeof limitFieldSchema>;

const namedSchema = z.object({ name: z.string(), title: z.string(), summary: z.string() });

const venueChoiceSchema = z.object({
  id: z.uuid(),
  kind: z.enum(VENUE_KINDS),
  title: z.string(),
  isSimulated: z.boolean(),
  /** Of a bot whose trader chose none. */
  pairs: z.array(z.string()),
  intervalSeconds: z.number().int(),
  /** A cycle takes a moment of wall time, however fast the market's clock runs. */
  intervalSecondsMin: z.number().int(),
  /** Market seconds per second of real time; 0: it stands still. */
  speed: z.number(),
});
export type VenueChoice = z.infer<typeof venueChoiceSchema>;

const accountChoiceSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  venueId: z.uuid(),
  currency: z.string(),
  bots: z.number().int(),
  /** What can still be allotted; null: unknown. */
  free: amountSchema.nullable(),
});
export type AccountChoice = z.infer<typeof accountChoiceSchema>;

/** What to look for in the names of one's bots; nothing: the newest. */
export const copiesInputSchema = z.strictObject({ text: z.string().trim().max(NAME_MAX).default("") });

/** Bots of one's own to copy, the newest first; `hasMore`: there are more of that name. */
export const copiesSchema = z.object({
  bots: z.array(z.object({ id: z.uuid(), name: z.string() })),
  hasMore: z.boolean(),
});
export type Copies = z.infer<typeof copiesSchema>;

/** All that a new bot may be made of and from. */
export const botChoicesSchema = z.object({
  venues: z.array(venueChoiceSchema),
  accounts: z.array(accountChoiceSchema),
  presets: z.array(namedSchema.extend({ mode: z.string() })),
  modes: z.array(namedSchema),
  copies: copiesSchema,
  models: z.array(modelProviderSchema),
  /** What all bots of the user together may spend on models a day, US dollars. */
  modelBudget: amountSchema,
  limits: z.array(limitFieldSchema),
  botsLeft: z.number().int(),
  accountsLeft: z.number().int(),
});
export type BotChoices = z.infer<typeof botChoicesSchema>;
