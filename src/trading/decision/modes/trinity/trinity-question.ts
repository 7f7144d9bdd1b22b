import type { ModeQuestion } from "../../basis/decision-mode";
import type { TrinityAnalysis } from "./trinity-analysis";
import type { TrinityReadings } from "./trinity-readings";
import type { TrinitySettings } from "./trinity-settings";

/** What a decision of Trinity is made of. */
export type TrinityQuestion = Omit<ModeQuestion<TrinitySettings, TrinityReadings>, "pairs" | "wasHeld" | "analysis"> & {
  readonly analysis: TrinityAnalysis;
};

/** The parts of an analysis that has read a candle. */
export type TrinityRead = {
  readonly scores: NonNullable<TrinityQuestion["analysis"]["scores"]>;
  readonly last: NonNullable<TrinityReadings["last"]>;
};
