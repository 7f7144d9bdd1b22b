import { z } from "zod";
import { PROVIDER_IDS, type ProviderId } from "~/trading/model/model-provider";
import { amountSchema } from "./amount";
import { MODEL_LACKS } from "./model-choice";

const KEY_MAX = 500;
const URL_MAX = 300;
const MODEL_MAX = 150;

const providerSchema = z.enum(PROVIDER_IDS as [ProviderId, ...ProviderId[]]);

/** A key as it is entered, once: nothing ever gives it back. `baseUrl` null: it is for the provider's own address. */
export const addModelKeySchema = z.strictObject({
  provider: providerSchema,
  key: z.string().trim().min(1, "must not be empty").max(KEY_MAX),
  baseUrl: z.string().trim().max(URL_MAX).nullable(),
});

export const removeModelKeySchema = z.strictObject({ provider: providerSchema });

export const testModelSchema = z.strictObject({
  provider: providerSchema,
  model: z.string().trim().min(1).max(MODEL_MAX),
});

/** What came of a test: whether a bot could use the model, and in words why not. Money in US dollars. */
export const testedModelSchema = z.object({
  isPassed: z.boolean(),
  text: z.string(),
  /** Null: nobody was asked. */
  cost: amountSchema.nullable(),
});
export type TestedModel = z.infer<typeof testedModelSchema>;

export const modelBudgetSchema = z.strictObject({
  budgetPerDay: z
    .string()
    .trim()
    .regex(/^\d{1,6}(\.\d{1,6})?$/, "must be an amount such as 5 or 0.50"),
});

/** A provider, the user's own key of it without the key, and the models that it can be tested with. */
const accountProviderSchema = z.object({
  provider: providerSchema,
  title: z.string(),
  isSimulated: z.boolean(),
  lacks: z.enum(MODEL_LACKS).nullable(),
  /** Of the deployment, which users may ask by. */
  isShared: z.boolean(),
  needsKey: z.boolean(),
  /** It has no address of its own, so that one has to be given. */
  takesAddress: z.boolean(),
  takesAny: z.boolean(),
  key: z
    .object({
      /** Its last letters. */
      hint: z.string(),
      baseUrl: z.string().nullable(),
      createdAt: z.date(),
      usedAt: z.date().nullable(),
    })
    .nullable(),
  /** `most`: what a test of it may cost; null: unknown, so that it cannot be tested. */
  models: z.array(z.object({ id: z.string(), most: amountSchema.nullable() })),
});
export type AccountProvider = z.infer<typeof accountProviderSchema>;

/** The keys, budget and spending of a user. Money in US dollars, today is the UTC day of real time. */
export const modelAccountSchema = z.object({
  /** Whether keys can be kept here at all. */
  canKeep: z.boolean(),
  providers: z.array(accountProviderSchema),
  budgetPerDay: amountSchema,
  /** Nobody has set it: it is what everybody gets. */
  isUsual: z.boolean(),
  spentToday: amountSchema,
  callsToday: z.number().int(),
  /** Of the bots that asked today, the dearest first. */
  bots: z.array(z.object({ id: z.uuid(), name: z.string(), spent: amountSchema, calls: z.number().int() })),
  /** What else was spent today: on tests of keys and of strategies. */
  onTrials: z.object({ spent: amountSchema, calls: z.number().int() }),
  /** The last tests of keys that have ended, the newest first; at most five. */
  trials: z.array(testedModelSchema.extend({ id: z.uuid(), title: z.string(), model: z.string(), askedAt: z.date() })),
});
export type ModelAccount = z.infer<typeof modelAccountSchema>;

/** What all users together may spend on models, and spent today. */
export const systemSpendSchema = z.object({
  budgetPerDay: amountSchema,
  spentToday: amountSchema,
  callsToday: z.number().int(),
  usualUserBudget: amountSchema,
  /** Of today the users who spent the most, at most ten, the dearest first. */
  dearest: z.array(z.object({ id: z.uuid(), email: z.string(), spent: amountSchema, calls: z.number().int() })),
});
export type SystemSpend = z.infer<typeof systemSpendSchema>;
