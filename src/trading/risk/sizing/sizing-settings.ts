import { z } from "zod";
import type { SizingMethod } from "../basis/size-steps";

const share = z.number().min(0.001).max(1);

const tierSchema = z.strictObject({ scoreMin: z.number().min(0).max(1), share });
export type SizeTier = z.infer<typeof tierSchema>;

const TIERS_MAX = 10;
/** Those of TRADING 4. */
const STANDARD_TIERS: SizeTier[] = [
  { scoreMin: 0.95, share: 0.1 },
  { scoreMin: 0.8, share: 0.08 },
  { scoreMin: 0.65, share: 0.06 },
  { scoreMin: 0.5, share: 0.04 },
];

const method = <Name extends SizingMethod>(name: Name) => z.literal(name);

/** How a bot finds the size of its entries. Fractions, never percent; each method has defaults. */
export const sizingSchema = z.discriminatedUnion("method", [
  /** What the mode asks for, scaled by its score. */
  z.strictObject({ method: method("mode") }),
  /** The same share of equity as margin each time. */
  z.strictObject({ method: method("fixed-share"), share: share.default(0.1) }),
  /** A share of equity as margin for each range of scores; nothing below the lowest. */
  z.strictObject({
    method: method("tiers"),
    tiers: z
      .array(tierSchema)
      .min(1)
      .max(TIERS_MAX)
      .refine((tiers) => new Set(tiers.map(({ scoreMin }) => scoreMin)).size === tiers.length, {
        error: "each tier needs a lowest score of its own",
      })
      .default(STANDARD_TIERS),
  }),
  /** A share of equity as margin, times 0.5 to 1.2 by the score. */
  z.strictObject({ method: method("score-scaled"), share: share.default(0.08) }),
  /** What the stop may cost, as a share of equity. A stop nearer than `rangesMin` average ranges counts as that far. */
  z.strictObject({
    method: method("risk-per-trade"),
    riskShare: z.number().min(0.0005).max(0.1).default(0.01),
    rangesMin: z.number().min(0).max(10).default(0),
  }),
  /** Value such that the position alone moves equity by this a year. */
  z.strictObject({ method: method("volatility-target"), yearlyVolatility: z.number().min(0.01).max(2).default(0.1) }),
  /** A part of the Kelly fraction of its own closed trades as value, and the base share before there are enough. */
  z.strictObject({
    method: method("kelly"),
    kellyPart: z.number().min(0.05).max(1).default(0.25),
    baseShare: z.number().min(0.02).max(0.25).default(0.1),
  }),
]);
export type Sizing = z.infer<typeof sizingSchema>;

/** Bots are sized by their mode unless they say otherwise, and the control always is: its equal shares are its point. */
export const MODE_SIZING: Sizing = { method: "mode" };
