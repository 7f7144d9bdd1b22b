/** The units of check values. Each check is stored with its unit. */
export type RiskUnit = "fraction" | "ratio" | "count" | "USDT" | "minutes" | "seconds" | "state" | "price" | "times";

/** A stored finding of a rule, which may be a rule of an older version. */
export type StoredCheck = {
  readonly rule: string;
  readonly measured: string | null;
  readonly limit: string;
  readonly unit: RiskUnit;
};

/** A check's measured value and its limit in words. */
export type CheckTexts = { readonly measured: string; readonly limit: string };
