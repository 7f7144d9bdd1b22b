import { z } from "zod";
import { INDICATOR_CATALOGUE } from "../../../market/indicators/catalogue";
import type { CatalogueEntry } from "../../../market/indicators/catalogue-entry";
import { chooseByKey, readBy } from "./choose-by-key";
import type { IndicatorOperand, Operand } from "./rule-types";

const AGO_MAX = 100;
const PARTS_MAX = 4;

/** As large as a value of a market is ever read. */
const NUMBER_MAX = 1e15;
const NUMBER_WORD = "a number stands between -1e15 and 1e15: no market has larger ones";
const numberSchema = z.number().min(-NUMBER_MAX, NUMBER_WORD).max(NUMBER_MAX, NUMBER_WORD);

const ENTRIES: ReadonlyMap<string, CatalogueEntry> = new Map(INDICATOR_CATALOGUE.map((entry) => [entry.code, entry]));

/** The indicator of a code; undefined: there is none. */
export const entryOf = (code: string): CatalogueEntry | undefined => ENTRIES.get(code);

const writtenSchema = z.strictObject({
  indicator: z.string(),
  parameters: z.record(z.string(), z.number()).default({}),
  output: z.string().optional(),
  timeframe: z.enum(["decision", "second"]).default("decision"),
  ago: z.number().int().min(0).max(AGO_MAX).default(0),
});
type Written = z.infer<typeof writtenSchema>;

const defaultsOf = ({ inputs }: CatalogueEntry): Record<string, number> =>
  Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.default]));

/** What is wrong with it: where, and in which words; or the operand, with its defaults written out. */
const findEntryFault = ({ indicator, parameters, output }: Written) => {
  const entry = entryOf(indicator);
  if (entry === undefined) {
    const codes = INDICATOR_CATALOGUE.map(({ code }) => code).join(", ");
    return { path: ["indicator"], message: `there is no indicator "${indicator}": choose one of ${codes}` };
  }
  const fault = entry.findFault({ ...defaultsOf(entry), ...parameters });
  if (fault !== null) return { path: ["parameters"], message: `${entry.title}: ${fault}` };
  const outputs = Object.keys(entry.outputs);
  const isChosen = output === undefined ? outputs.length === 1 : outputs.includes(output);
  return isChosen ? null : { path: ["output"], message: `${entry.title} needs an output: ${outputs.join(", ")}` };
};

/** Written out, so that a default that changes one day does not change a bot. */
const withDefaults = ({ output, parameters, ...rest }: Written): IndicatorOperand => {
  const entry = entryOf(rest.indicator);
  const only = Object.keys(entry?.outputs ?? {})[0] ?? "";
  return { ...rest, parameters: { ...(entry && defaultsOf(entry)), ...parameters }, output: output ?? only };
};

const indicatorSchema: z.ZodType<IndicatorOperand> = writtenSchema
  .superRefine((written, context) => {
    const fault = findEntryFault(written);
    if (fault !== null) context.addIssue({ code: "custom", ...fault });
  })
  .transform(withDefaults);

const isYesNo = ({ indicator, output }: IndicatorOperand): boolean =>
  entryOf(indicator)?.outputs[output]?.unit === "yes-no";

/** An output that says yes or no. */
export const yesNoSchema = indicatorSchema.refine(isYesNo, {
  path: ["output"],
  message: "this output is a number: compare it with another, or choose an output that says yes or no",
});

const PRICES = ["open", "high", "low", "close"];
const fieldSchema = z
  .enum(["open", "high", "low", "close", "volume"], "a field is open, high, low, close or volume")
  .transform((field): IndicatorOperand => {
    const latest = { parameters: {}, timeframe: "decision", ago: 0 } as const;
    return PRICES.includes(field)
      ? { indicator: "price", output: field, ...latest }
      : { indicator: "volume", output: "line", ...latest };
  });

const parts = z
  .array(z.lazy(() => operandSchema))
  .min(2)
  .max(PARTS_MAX);
const pair = z.tuple([z.lazy(() => operandSchema), z.lazy(() => operandSchema)]);

const madeSchema: z.ZodType<Operand> = chooseByKey<Operand>("a value", () => ({
  indicator: indicatorSchema,
  of: z.strictObject({ of: operandSchema, times: numberSchema.default(1), plus: numberSchema.default(0) }),
  greatest: z.strictObject({ greatest: parts }),
  least: z.strictObject({ least: parts }),
  sum: z.strictObject({ sum: parts }),
  difference: z.strictObject({ difference: pair }),
  ratio: z.strictObject({ ratio: pair }),
}));

const schemaFor = (raw: unknown): z.ZodType<Operand> => {
  if (typeof raw === "number") return numberSchema;
  return typeof raw === "string" ? fieldSchema : madeSchema;
};

/** A number, a field of the decision candle ("close"), an indicator, or something made of these. */
export const operandSchema: z.ZodType<Operand> = readBy(schemaFor);
