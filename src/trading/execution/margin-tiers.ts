import { decimal, type Decimal } from "../money";

/** A band of position values in quote currency; rates are fractions of the position's value. */
export type MarginTier = {
  /** Largest value at entry; null: the last band has no end. */
  readonly valueMax: Decimal | null;
  readonly maintenanceRate: Decimal;
  readonly leverageMax: number;
};

const tier = (valueMax: string | null, maintenanceRate: string, leverageMax: number): MarginTier => ({
  valueMax: valueMax === null ? null : decimal(valueMax),
  maintenanceRate: decimal(maintenanceRate),
  leverageMax,
});

/**
 * Isolated-margin tiers of matching version 2, after those of OKX for its largest USDT swaps: the larger a position, the
 * more margin it must keep. Real tiers differ by market and change; these stand for all of them.
 */
const MARGIN_TIERS: readonly [MarginTier, ...MarginTier[]] = [
  tier("500000", "0.004", 100),
  tier("2000000", "0.0065", 50),
  tier("5000000", "0.01", 40),
  tier("10000000", "0.015", 25),
  tier("25000000", "0.025", 18),
  tier(null, "0.05", 10),
];

/** What the venue charges for liquidating, a fraction of the value: its taker fee. */
export const LIQUIDATION_FEE_RATE = decimal("0.0005");

/** The band of a position's value at entry, in quote currency. */
export const marginTierOf = (value: Decimal): MarginTier =>
  MARGIN_TIERS.find(({ valueMax }) => valueMax === null || value.lte(valueMax)) ?? MARGIN_TIERS[0];
