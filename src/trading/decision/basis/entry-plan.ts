import type { PositionSide } from "../../portfolio/position-side";

/** The size that a mode asks for at a score: margin as a fraction of equity, before the score scales it. */
type Asked = { readonly score: number; readonly sizeFraction: number };

/**
 * An entry that settings may lead to, before any market is read: what it asks for at its lowest and at its highest score,
 * and how far its stop and target are, as fractions of its price. `market`: what is read in the market says it; `none`:
 * the control has neither.
 */
export type EntryPlan = {
  readonly name: string;
  readonly sides: readonly PositionSide[];
  readonly least: Asked;
  readonly most: Asked;
  readonly leverage: number;
  readonly stop: number | "market" | "none";
  readonly target: number | "market" | "none";
};
