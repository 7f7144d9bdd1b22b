import type { Candle } from "../market/candle";
import type { ExitPlan } from "../portfolio/exit-plan";
import type { PlannedPosition } from "../portfolio/position";
import { nearestAdverse } from "../settlement/settle-position";

/** A candle that stays inside neither closes any of a position nor moves a level. */
export type QuietBounds = { readonly low: number; readonly high: number };

/** Wider than a double's rounding: a price that might touch is looked at exactly. */
const CAUTION = 1e-12;

/** Never inside. */
const NONE: QuietBounds = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };

const PLAIN = new Set(["version", "stopLoss", "takeProfit"]);

/** Whether the position closes as a whole at its stop or its target, and nothing else of its plan waits for a price. */
const isPlain = (plan: ExitPlan): boolean =>
  Object.entries(plan).every(
    ([name, value]) => PLAIN.has(name) || value === null || (Array.isArray(value) && value.length === 0),
  );

/** The range inside which a settlement candle changes nothing but the mark: it then needs no exact arithmetic. */
export const quietBounds = (position: PlannedPosition): QuietBounds => {
  const { side, takeProfit, exitPlan } = position;
  if (!isPlain(exitPlan)) return NONE;
  const adverse = nearestAdverse(position).level.toNumber();
  const target = takeProfit?.toNumber();
  const [below, above] = side === "long" ? [adverse, target] : [target, adverse];
  return {
    low: (below ?? Number.NEGATIVE_INFINITY) * (1 + CAUTION),
    high: (above ?? Number.POSITIVE_INFINITY) * (1 - CAUTION),
  };
};

export const isQuiet = ({ low, high }: Candle, bounds: QuietBounds): boolean => low > bounds.low && high < bounds.high;
