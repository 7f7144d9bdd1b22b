import type { PositionSide } from "../../../portfolio/position-side";
import { compare, type ConditionReading } from "../../basis/condition-reading";
import type { TrinitySignals } from "./trinity-signals";

/** `weight`: how much the adjustment changes the score when it is met. */
export type TrinityAdjustment = {
  readonly condition: string;
  readonly weight: number;
  readonly reading: ConditionReading;
};

/** What the adjustments compare by, and what they add or multiply by. */
export const ADJUSTMENTS = { confirmAdxMin: 20, agreement: 0.05, divergence: 0.05, oppositionFactor: 0.8 } as const;

/**
 * Reads the adjustments of TRADING section 4 for a side whose categories sum to `base`. The added ones sum to between
 * -0.05 and +0.10. Opposition of the second timeframe multiplies the result by 0.8. That is not bounded by 0.10: a
 * fifth of any score high enough to enter is more, so the bound would undo it.
 */
export const readTrinityAdjustments = (
  signals: TrinitySignals,
  side: PositionSide,
  base: number,
): readonly TrinityAdjustment[] => {
  const confirm = confirmAdx(signals, side);
  const added = [
    {
      condition: "confirm-agrees",
      weight: ADJUSTMENTS.agreement,
      reading: compare(confirm, ">", ADJUSTMENTS.confirmAdxMin),
    },
    { condition: "divergence-with", weight: ADJUSTMENTS.divergence, reading: divergenceOf(signals, side) },
    {
      condition: "divergence-against",
      weight: -ADJUSTMENTS.divergence,
      reading: divergenceOf(signals, side === "long" ? "short" : "long"),
    },
  ];
  let subtotal = base;
  for (const { reading, weight } of added) if (reading.met === true) subtotal += weight;
  const opposition = compare(confirm, "<", -ADJUSTMENTS.confirmAdxMin);
  added.push({
    condition: "confirm-opposes",
    weight: subtotal * (ADJUSTMENTS.oppositionFactor - 1),
    reading: opposition,
  });
  return added;
};

/** The second timeframe's ADX14: positive when its close is above its EMA20 for a long, below it for a short. */
const confirmAdx = ({ confirm }: TrinitySignals, side: PositionSide): number | null => {
  if (confirm === null) return null;
  const sign = Math.sign(confirm.close - confirm.ema20) * (side === "long" ? 1 : -1);
  return sign * confirm.adx14;
};

/** 1 when a regular MACD divergence speaks for the side. */
const divergenceOf = ({ divergence }: TrinitySignals, side: PositionSide): ConditionReading => {
  const kind = side === "long" ? divergence?.bullish : divergence?.bearish;
  const count = kind === "regular" ? 1 : 0;
  return compare(kind === undefined ? null : count, ">=", 1);
};
