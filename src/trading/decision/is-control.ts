import type { ModeSettings } from "./basis/decision-mode";
import { modeOf } from "./decide";
import { MODES, type Modes } from "./modes/registry";

/** Whether a bot is the control: it buys once and holds without a stop, however much it loses (TRADING 4). */
export const isControl = (settings: Pick<ModeSettings, "mode">, modes: Modes = MODES): boolean =>
  modeOf(settings, modes).isControl;
