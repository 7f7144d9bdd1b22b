import type { BotSettings } from "../../../bot-settings";

/** Whether a bot is the control: it buys once and holds, without a stop, whatever it loses (TRADING 4). */
export const isControl = ({ mode }: Pick<BotSettings, "mode">): boolean => mode === "hold";
