type Amounts = Record<string, string | null>;
type Row<Extra> = Amounts & Extra;

/** Orders, with what came of them, as PostgreSQL folds them. */
export type OrdersJson = {
  readonly positions: Row<{ isClosed: boolean; side: "long" | "short"; entryFills: number; exitFills: number }>[];
  readonly orders: Row<object>[];
  /** `settingsVersion`: of the cycle that entered; null: unknown. */
  readonly entries: Row<{ at: number; failedChecks: number; side: "long" | "short"; settingsVersion: number | null }>[];
  /** When (ms) the last one was ordered or opened before those that were read; null: none was, or nobody asked. */
  readonly earlier: number | null;
};

/** The books as PostgreSQL folds them: amounts as text, so that no digit is lost on the way. */
export type BooksJson = OrdersJson & {
  readonly balances: Amounts;
  readonly movement: Amounts;
  readonly postedThrough: number | null;
  /** The newest ledger entry's id, and the newest slot (ms) of a refusal. */
  readonly ledgerThrough: string;
  readonly refusedThrough: number | null;
  readonly unbalanced: string[];
  readonly openPositions: Row<{
    side: "long" | "short";
    openedAt: number;
    settledThrough: number;
    markedAt: number;
    stopMovedAt: number | null;
    settingsVersion: number;
  }>[];
  readonly repeatedClientOrderIds: string[];
  readonly repeatedFillIds: string[];
  readonly equity: Row<{ at: number }>[];
  /** `isSum`: the fold is a sum over the rows that were read. */
  readonly kept: {
    readonly name: string;
    readonly kept: string | null;
    readonly fold: string | null;
    readonly isSum: boolean;
  }[];
  readonly slots: { expected: number; recorded: number; doubled: number; unfinished: number };
  readonly lease: { epoch: number; highestCycleEpoch: number; repeatedEpochs: number; runningCycles: number };
};
