import { invariant } from "../invariant";
import type { Decision } from "./basis/decision";
import type { DecisionMode, DecisionSeries, ModeQuestion, SlotSpan, ModeSettings } from "./basis/decision-mode";
import { MODES, type Modes } from "./modes/registry";

/** The mode that the settings name. It always exists, because the settings schema only accepts these modes. */
export const modeOf = ({ mode }: Pick<ModeSettings, "mode">, modes: Modes = MODES): DecisionMode => {
  const found = modes[mode];
  invariant(found, `there is no mode "${mode}"`);
  return found;
};

/** The series of the bot's mode; the first is the decision candle. */
export const decisionTimeframes = (
  settings: ModeSettings,
  modes: Modes = MODES,
): [DecisionSeries, ...DecisionSeries[]] => modeOf(settings, modes).series(settings.decision);

/** Whether the bot's mode has anything to decide at a slot. */
export const isDecisionDue = (settings: ModeSettings, span: SlotSpan, modes: Modes = MODES): boolean =>
  modeOf(settings, modes).isDue(settings.decision, span);

export type DecisionInput = Omit<ModeQuestion<never>, "settings" | "pairs"> & {
  readonly settings: ModeSettings & { readonly pairs: readonly string[] };
};

/** Asks the bot's mode for its decision about one pair. All modes share one contract. */
export const decide = ({ settings, ...question }: DecisionInput, modes: Modes = MODES): Decision =>
  modeOf(settings, modes).decide({ ...question, pairs: settings.pairs.length, settings: settings.decision });
