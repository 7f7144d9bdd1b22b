import type { DecisionMode } from "../basis/decision-mode";
import { buyAndHold } from "./buy-and-hold";
import { custom } from "./custom";
import { indicator } from "./indicator";
import { llm } from "./llm";
import { trinity } from "./trinity";

/** Modes by their names. */
export type Modes = Readonly<Record<string, DecisionMode>>;

/** Every mode. This is the only place that lists them. */
export const MODES = {
  [trinity.name]: trinity,
  [indicator.name]: indicator,
  [custom.name]: custom,
  [llm.name]: llm,
  [buyAndHold.name]: buyAndHold,
} as const satisfies Modes;

export type ModeName = keyof typeof MODES;
export const MODE_NAMES = Object.keys(MODES) as [ModeName, ...ModeName[]];

/** The mode of settings that name none. */
export const DEFAULT_MODE: ModeName = trinity.name;
