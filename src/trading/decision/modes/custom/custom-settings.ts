import { z } from "zod";
import { TIMEFRAMES, timeframeMs } from "../../../market/timeframe";
import { exitSettingsSchema } from "../../../portfolio/exit-terms";
import { chooseByKey, readBy } from "./choose-by-key";
import { checkRules, type NamedParts } from "./check-rules";
import { codeSchema, conditionSchema, namedConditionSchema, nameSchema } from "./condition-schema";
import { operandSchema } from "./operand-schema";
import { checkRawSize } from "./raw-size";
import type { Score } from "./rule-types";

const SETUPS_MAX = 4;
const EXITS_MAX = 4;
const CATEGORIES_MAX = 10;
const CONDITIONS_MAX = 10;

const score = z.number().gt(0).max(1);

/** A share of the close, or of another value: for a stop so far against the position, for a target so far with it. */
const levelSchema = z
  .strictObject({
    from: operandSchema.nullable().default(null),
    fraction: z.number().min(0).lt(1).default(0),
  })
  .refine(({ from, fraction }) => from !== null || fraction > 0, {
    path: ["fraction"],
    message: "a level measured from the close needs a fraction above 0",
  });

/** Margin as a share of equity for a score from `scoreMin` on, highest first. */
const sizesSchema = z
  .array(z.strictObject({ scoreMin: z.number().min(0).max(1).default(0), sizeFraction: z.number().gt(0).max(1) }))
  .min(1)
  .max(8)
  .refine(
    (sizes) => sizes.every(({ scoreMin }, index) => index === 0 || scoreMin < (sizes[index - 1]?.scoreMin ?? 0)),
    "sizes must stand from the highest score down",
  );

const COMMON = {
  code: codeSchema,
  name: nameSchema,
  /** It enters from this score on. */
  scoreMin: z.number().min(0).max(1).default(0),
  sizes: sizesSchema,
  leverage: z.number().min(1).max(10).default(1),
  stop: levelSchema,
  target: levelSchema,
  /** How a position is closed beside stop and target. */
  exits: exitSettingsSchema.nullable().default(null),
};

const madeScoreSchema = chooseByKey<Score>("a score that is no number", () => ({
  tiers: z.strictObject({
    tiers: z
      .array(z.strictObject({ when: conditionSchema, score }))
      .min(1)
      .max(CONDITIONS_MAX),
    otherwise: z.number().min(0).max(1).default(0),
  }),
  value: z.strictObject({ value: operandSchema }),
}));
const scoreSchema = readBy<Score>((raw) => (typeof raw === "number" ? score : madeScoreSchema));

/** All of its conditions must hold; it then has a score. */
const conditionsSetupSchema = z.strictObject({
  kind: z.literal("conditions"),
  ...COMMON,
  all: z.array(namedConditionSchema).min(1).max(CONDITIONS_MAX),
  score: scoreSchema,
});

/** Each category counts its weight once where any of its conditions holds; adjustments then add or multiply. */
const weightedSetupSchema = z.strictObject({
  kind: z.literal("weighted"),
  ...COMMON,
  categories: z
    .array(
      z.strictObject({
        code: codeSchema,
        name: nameSchema,
        weight: score,
        any: z.array(namedConditionSchema).min(1).max(CONDITIONS_MAX),
      }),
    )
    .min(1)
    .max(CATEGORIES_MAX),
  adjustments: z
    .array(namedConditionSchema.extend({ by: z.enum(["add", "multiply"]), amount: z.number().min(-1).max(2) }))
    .max(CONDITIONS_MAX)
    .default([]),
  /** The category without which it does not enter. */
  trigger: codeSchema.nullable().default(null),
});

const setupSchema = z
  .discriminatedUnion("kind", [conditionsSetupSchema, weightedSetupSchema])
  .refine(({ sizes, scoreMin }) => scoreMin >= (sizes.at(-1)?.scoreMin ?? 0), {
    path: ["sizes"],
    message: "the last size must begin at the lowest score that enters",
  });

/** Closes a position, or a part of it once. `turnedFrom`: only where that held at a candle since it was opened. */
const exitSchema = z
  .strictObject({
    code: codeSchema,
    name: nameSchema,
    when: conditionSchema,
    turnedFrom: conditionSchema.nullable().default(null),
    /** The gain that it needs, a share of the entry price. */
    gainMin: z.number().min(-1).max(10).nullable().default(null),
    closeFraction: z.number().gt(0).max(1).default(1),
    /** How the rest is closed, where it closes a part. */
    rest: exitSettingsSchema.nullable().default(null),
    /** Whether nothing is opened while `when` holds. */
    blocksEntry: z.boolean().default(true),
  })
  .refine(({ rest, closeFraction }) => rest === null || closeFraction < 1, {
    path: ["rest"],
    message: "an exit that closes all leaves no rest",
  });

const sideSchema = z
  .strictObject({
    setups: z.array(setupSchema).max(SETUPS_MAX).default([]),
    exits: z.array(exitSchema).max(EXITS_MAX).default([]),
  })
  .prefault({});

type Sides = Readonly<Record<"long" | "short", z.infer<typeof sideSchema>>>;

/** Everything with a name of the trader's own, of both sides. */
export const namedParts = ({ long, short }: Sides): NamedParts => {
  const setups = [...long.setups, ...short.setups];
  return {
    conditions: [
      ...setups.flatMap((setup) =>
        setup.kind === "conditions" ? setup.all : [...setup.categories.flatMap(({ any }) => any), ...setup.adjustments],
      ),
      ...long.exits,
      ...short.exits,
    ],
    categories: setups.flatMap((setup): NamedParts["categories"] =>
      setup.kind === "conditions" ? [setup] : setup.categories,
    ),
  };
};

const rulesSchema = z
  .strictObject({
    timeframe: z.enum(TIMEFRAMES).default("1h"),
    /** A slower one, for indicators of it; null: none. */
    secondTimeframe: z.enum(TIMEFRAMES).nullable().default(null),
    /** Closed candles that an entry needs at least; null: as many as its indicators. */
    warmUpCandles: z.number().int().min(1).max(300).nullable().default(null),
    long: sideSchema,
    short: sideSchema,
  })
  .superRefine((settings, context) => {
    const { timeframe, secondTimeframe } = settings;
    if (secondTimeframe !== null && timeframeMs(secondTimeframe) <= timeframeMs(timeframe)) {
      const message = `the second timeframe must be slower than ${timeframe}, was ${secondTimeframe}`;
      context.addIssue({ code: "custom", path: ["secondTimeframe"], message });
    }
    for (const { path, message } of checkRules(settings, namedParts(settings))) {
      context.addIssue({ code: "custom", path: [...path], message });
    }
  });

/** A trader's own rules: no rule by default, so nothing is opened. Fractions, never percent. */
export const customSettingsSchema = z.unknown().superRefine(checkRawSize).pipe(rulesSchema);
export type CustomSettings = z.infer<typeof customSettingsSchema>;
export type Setup = CustomSettings["long"]["setups"][number];
export type Exit = CustomSettings["long"]["exits"][number];
