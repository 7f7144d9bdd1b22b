import type { ModeView } from "~/contracts/mode-view";
import type { BotSettings } from "~/trading/bot-settings";
import { modeOf } from "~/trading/decision/decide";

/** The mode of a bot's settings as pages name it. */
export const toModeView = (settings: BotSettings): ModeView => {
  const { title, isControl } = modeOf(settings);
  return { name: settings.mode, title, isControl };
};
