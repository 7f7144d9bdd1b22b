import type { PositionSide } from "../portfolio/position-side";
import type { Decimal } from "../money";
import type { Equity } from "../portfolio/equity";
import type { Balances } from "../portfolio/ledger";
import type { Position } from "../portfolio/position";
import type { RiskLimits } from "../risk/risk-limits";

/** A position with the sums of its fills: quantities in base units, values = sum of price x quantity. */
export type PositionFold = {
  readonly positionId: string;
  readonly side: PositionSide;
  readonly isClosed: boolean;
  readonly quantity: Decimal;
  readonly entryPrice: Decimal;
  readonly entryQuantity: Decimal;
  readonly entryValue: Decimal;
  readonly exitQuantity: Decimal;
  readonly exitValue: Decimal;
  readonly entryFills: number;
  readonly exitFills: number;
  /** The profit of its exits before fees, as in the ledger. */
  readonly realizedPnl: Decimal;
};

export type OrderFold = {
  readonly clientOrderId: string;
  readonly status: string;
  readonly quantity: Decimal;
  readonly filledQuantity: Decimal;
  readonly fillsQuantity: Decimal;
};

/** An entry as stored in the order log. Times in ms of venue time. */
export type EntryFold = {
  readonly clientOrderId: string;
  readonly cycleId: string;
  readonly at: number;
  readonly side: PositionSide;
  readonly leverage: Decimal;
  readonly quantity: Decimal;
  readonly judgedQuantity: Decimal | null;
  readonly verdict: string | null;
  readonly failedChecks: number;
  /** The average price of its fills; null: there are none, or some came later than the slot that the gate judged. */
  readonly price: Decimal | null;
  readonly stopLoss: Decimal | null;
  /** Those of the version of the settings that its cycle ran by. */
  readonly limits: RiskLimits;
};

export type EquityRecord = Equity & { readonly at: number };

/**
 * `isOfControl`, by the settings that opened it: it needs no stop, and must be an unlevered long. `stopMovedAt`: when its
 * plan last moved the stop (ms); null: never. `limits`: of the version of the settings that opened it.
 */
export type OpenPosition = Position & {
  readonly isOfControl: boolean;
  readonly stopMovedAt: number | null;
  readonly limits: Pick<RiskLimits, "openPositionsMax">;
};

/** A figure that is kept beside the rows it sums up, and what they say; null: there is none. Times in ms. */
export type KeptFigure = { readonly name: string; readonly kept: Decimal | null; readonly fold: Decimal | null };

/** All that the invariants of one bot are judged by, as read from the database in one moment. */
export type Books = {
  readonly balances: Balances;
  readonly unbalancedTransactions: readonly string[];
  readonly openPositions: readonly OpenPosition[];
  readonly positions: readonly PositionFold[];
  readonly orders: readonly OrderFold[];
  readonly entries: readonly EntryFold[];
  readonly repeatedClientOrderIds: readonly string[];
  readonly repeatedFillIds: readonly string[];
  /** The last two equity points, oldest first, and the ledger's movement after the first up to the second. */
  readonly equity: readonly EquityRecord[];
  readonly movement: Balances;
  /** The venue time of the newest posting, ms; null without one. */
  readonly postedThrough: number | null;
  readonly kept: readonly KeptFigure[];
  readonly slots: {
    /** Slots between the first planned and the next due one, and how many of them have a row or a missed row. */
    readonly expected: number;
    readonly recorded: number;
    readonly doubled: number;
    readonly unfinished: number;
  };
  readonly lease: {
    readonly epoch: number;
    readonly highestCycleEpoch: number;
    readonly repeatedEpochs: number;
    readonly runningCycles: number;
  };
};
