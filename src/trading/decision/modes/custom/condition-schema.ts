import { z } from "zod";
import { chooseByKey } from "./choose-by-key";
import { operandSchema, yesNoSchema } from "./operand-schema";
import type { Condition } from "./rule-types";

const LIST_MAX = 10;
const CANDLES_MAX = 100;

const conditions = z
  .array(z.lazy(() => conditionSchema))
  .min(1)
  .max(LIST_MAX);
const holds = z.lazy(() => conditionSchema);
const candles = z.number().int().min(2).max(CANDLES_MAX);

/** A condition as a trader writes it, with its defaults written out. */
export const conditionSchema: z.ZodType<Condition> = chooseByKey<Condition>("a condition", () => ({
  is: z.strictObject({ left: operandSchema, is: z.enum(["<", "<=", ">", ">="]), right: operandSchema }),
  crosses: z.strictObject({
    left: operandSchema,
    crosses: z.enum(["up", "down"]),
    over: operandSchema,
    from: operandSchema.nullable().default(null),
  }),
  yes: z.strictObject({ yes: yesNoSchema }),
  no: z.strictObject({ no: yesNoSchema }),
  all: z.strictObject({ all: conditions }),
  any: z.strictObject({ any: conditions }),
  not: z.strictObject({ not: holds }),
  atLeast: z
    .strictObject({ atLeast: z.number().int().min(1), of: conditions })
    .refine(({ atLeast, of }) => atLeast <= of.length, {
      path: ["atLeast"],
      message: "it must not ask for more conditions than it has",
    }),
  forCandles: z.strictObject({ forCandles: candles, holds }),
  withinCandles: z.strictObject({ withinCandles: candles, holds }),
}));

export const codeSchema = z
  .string()
  .max(24)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "a code is lower-case letters, digits and single dashes");

/** What readers see. */
export const nameSchema = z.string().trim().min(1).max(60);

/** A condition that is shown by itself. */
export const namedConditionSchema = z.strictObject({ code: codeSchema, name: nameSchema, when: conditionSchema });
