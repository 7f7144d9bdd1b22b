import type { Unit } from "./number-text";

/** A field of a mode's own settings. `line`: the label of its line in words; absent: its own. */
export type ModeField = {
  readonly name: string;
  readonly label: string;
  readonly line?: string;
} & (
  | { readonly kind: "number"; readonly unit?: Unit; readonly suffix?: string }
  | { readonly kind: "choice"; readonly choices: readonly { readonly value: string; readonly name: string }[] }
  | { readonly kind: "check" }
  /** Which model, how much it may cost a day, and what it is told in the trader's own words. */
  | { readonly kind: "model" }
  | { readonly kind: "dollars" }
  | { readonly kind: "consent" }
  | { readonly kind: "prose"; readonly most: number; readonly note: string }
);
