import { z } from "zod";

const LEGS_MAX = 5;
const CONDITIONS_MAX = 5;
const CANDLES_MAX = 1000;

/** A share of the entry price, such as how far a level is from it. */
const distance = z.number().gt(0).lt(1);
const gain = z.number().gt(0).max(10);
const price = z.string().regex(/^\d+(\.\d+)?$/, "a price is plain decimal text");

/** Once price has gained `fromFraction`, the stop goes to the entry plus `lockFraction` of it. */
const breakEvenSchema = z
  .strictObject({ fromFraction: gain, lockFraction: z.number().min(0).max(10).default(0) })
  .refine(
    ({ fromFraction, lockFraction }) => lockFraction < fromFraction,
    "what is locked in must be less than what was gained",
  );

/** Trails only from this gain on; 0: from the entry on. */
const fromFraction = z.number().min(0).max(10).default(0);

/**
 * A stop that follows the price and never goes back: so far from the best price, so many ATR14 from the close, or on
 * Supertrend(10,3). The last two move when a decision candle closes, the first with each settlement candle.
 */
const trailingSchema = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("percent"), distanceFraction: distance, fromFraction }),
  z.strictObject({ by: z.literal("atr"), multiple: z.number().gt(0).max(20), fromFraction }),
  z.strictObject({ by: z.literal("supertrend"), fromFraction }),
]);

/** A part of the position, a share of its quantity at entry, that leaves at a gain of its own. */
const targetSchema = z.strictObject({ atFraction: gain, share: z.number().gt(0).lt(1) });

/**
 * What proves the idea behind a position wrong: so many closes in a row beyond a price, or a time after which it should
 * have reached one. The position is then closed at the next open.
 */
const invalidationSchema = z.discriminatedUnion("on", [
  z.strictObject({
    on: z.literal("close"),
    operator: z.enum(["<", ">"]),
    price,
    candles: z.number().int().min(1).max(CANDLES_MAX).default(1),
  }),
  z.strictObject({ on: z.literal("time"), minutes: z.number().int().min(1), unlessPrice: price }),
]);

const ascends = (targets: readonly { readonly atFraction: number }[]): boolean =>
  targets.every(({ atFraction }, index) => index === 0 || atFraction > (targets[index - 1]?.atFraction ?? 0));

const sharesOf = (targets: readonly { readonly share: number }[]): number =>
  targets.reduce((sum, { share }) => sum + share, 0);

/** The exits that a trader may set for all positions of a bot, beside stop and target. Nothing is set by default. */
export const exitSettingsSchema = z.strictObject({
  breakEven: breakEvenSchema.nullable().default(null),
  trailing: trailingSchema.nullable().default(null),
  timeExitMinutes: z.number().int().min(1).max(525_600).nullable().default(null),
  targets: z
    .array(targetSchema)
    .max(LEGS_MAX)
    .refine(ascends, "each target must be farther than the one before")
    .refine((targets) => sharesOf(targets) <= 1, "the parts must not be more than the whole")
    .default([]),
});
export type ExitSettings = z.infer<typeof exitSettingsSchema>;

/** How a decision wants its position closed, beside its stop and target; fractions are of the entry's price. */
export const exitTermsSchema = exitSettingsSchema.extend({
  invalidation: z.array(invalidationSchema).max(CONDITIONS_MAX).default([]),
});
export type ExitTerms = z.infer<typeof exitTermsSchema>;

export const NO_EXIT_TERMS: ExitTerms = exitTermsSchema.parse({});

/** Whether any exit is set. */
export const hasExitTerms = ({ breakEven, trailing, timeExitMinutes, targets, invalidation }: ExitTerms): boolean =>
  breakEven !== null || trailing !== null || timeExitMinutes !== null || targets.length > 0 || invalidation.length > 0;

/** What the bot's settings say comes before what its mode would have. */
export const mergeExitTerms = (settings: ExitSettings, wanted: ExitTerms): ExitTerms => ({
  breakEven: settings.breakEven ?? wanted.breakEven,
  trailing: settings.trailing ?? wanted.trailing,
  timeExitMinutes: settings.timeExitMinutes ?? wanted.timeExitMinutes,
  targets: settings.targets.length > 0 ? settings.targets : wanted.targets,
  invalidation: wanted.invalidation,
});
