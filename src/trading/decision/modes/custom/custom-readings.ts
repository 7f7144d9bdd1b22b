import { z } from "zod";
import type { TrailReading } from "../../../portfolio/trail-reading";
import { evidenceSchema } from "../../basis/decision";

/** The setup of a side that scored highest, with the values that its stop and target are measured from. */
const candidateSchema = z.object({
  setup: z.string(),
  score: z.number(),
  isMet: z.boolean().nullable(),
  stopFrom: z.number().nullable(),
  targetFrom: z.number().nullable(),
});
export type Candidate = z.infer<typeof candidateSchema>;

/**
 * An exit rule at the last candle, in the order of the rules. `turnedAt`: the close time (ms UTC) of the candle after the
 * last one from which it turned; null: none is known, or it needs no turn.
 */
const exitReadingSchema = evidenceSchema
  .pick({ value: true, operator: true, threshold: true, met: true })
  .extend({ turnedAt: z.number().int().nullable() });
export type ExitReading = z.infer<typeof exitReadingSchema>;

/** Stored without names: an exit is five values. */
const packedExitSchema = z
  .tuple([
    exitReadingSchema.shape.value,
    exitReadingSchema.shape.operator,
    exitReadingSchema.shape.threshold,
    exitReadingSchema.shape.met,
    exitReadingSchema.shape.turnedAt,
  ])
  .readonly();
export type PackedExit = z.infer<typeof packedExitSchema>;

export const packExit = ({ value, operator, threshold, met, turnedAt }: ExitReading): PackedExit => [
  value,
  operator,
  threshold,
  met,
  turnedAt,
];

export const unpackExit = ([value, operator, threshold, met, turnedAt]: PackedExit): ExitReading => ({
  value,
  operator,
  threshold,
  met,
  turnedAt,
});

const perSide = <Schema extends z.ZodType>(schema: Schema) => z.object({ long: schema, short: schema });

/** What an analysis by rules keeps beside its evidence; exact, because decisions compare by it. */
export const customReadingsSchema = z.object({
  /** Closed decision candles since the last long outage. */
  candles: z.number().int(),
  /** Null where there is no candle at all. */
  last: z
    .object({
      close: z.number(),
      atr14: z.number().nullable(),
      supertrend: z.object({ direction: z.enum(["up", "down"]), value: z.number() }).nullable(),
      candidates: perSide(candidateSchema.nullable()),
      exits: perSide(z.array(packedExitSchema)),
    })
    .nullable(),
});
export type CustomReadings = z.infer<typeof customReadingsSchema>;
export type CustomRead = NonNullable<CustomReadings["last"]>;

/** What a stop may trail by. */
export const customTrail = ({ last }: CustomReadings): TrailReading | null =>
  last && { close: last.close, atr14: last.atr14, supertrend: last.supertrend };
