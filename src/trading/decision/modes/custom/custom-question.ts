import type { ModeQuestion } from "../../basis/decision-mode";
import type { CommonReason } from "../../basis/reason-codes";
import type { CustomRead, CustomReadings } from "./custom-readings";
import type { CustomSettings } from "./custom-settings";

/** What a decision by rules is made of. */
export type CustomQuestion = Omit<ModeQuestion<CustomSettings, CustomReadings>, "pairs" | "wasHeld">;

/** The parts of an analysis that has read a candle. */
export type CustomAnswer = {
  readonly scores: NonNullable<CustomQuestion["analysis"]["scores"]>;
  readonly last: CustomRead;
};

/** Why rules hold or open; an exit has the code that the trader gave it. */
export type CustomReason =
  | CommonReason
  | "no-setup"
  | "tie"
  | "no-trigger"
  | "score-below-minimum"
  | "exit-rule-holds"
  | "no-level"
  | `exit-${string}`;
