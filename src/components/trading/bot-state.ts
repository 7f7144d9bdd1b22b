import type { BotRow } from "~/contracts/bot-row";
import type { Part } from "~/contracts/pulse";
import type { Tone } from "../ui/badge";

export type BotStateRow = Pick<BotRow, "status" | "tradingState" | "recent" | "venue">;
type Word = { readonly word: string; readonly tone: Tone };

const STATUS: Record<BotRow["status"], Word> = {
  running: { word: "Running", tone: "gain" },
  paused: { word: "Paused", tone: "warn" },
  stopped: { word: "Stopped", tone: "neutral" },
  archived: { word: "Archived", tone: "neutral" },
};

const TRADING: Record<BotRow["tradingState"], Word | null> = {
  active: null,
  reducing: { word: "Closing only", tone: "warn" },
  halted: { word: "Halted", tone: "loss" },
};

/** "Running, 12 skipped" is not "Running": missed cycles are part of a bot's state. */
const interrupted = ({ skipped, failed }: BotStateRow["recent"]): Word | null => {
  if (failed > 0) return { word: `Running, ${failed} failed`, tone: "loss" };
  return skipped > 0 ? { word: `Running, ${skipped} skipped`, tone: "warn" } : null;
};

/** Whether a part that the bot depends on has stopped; other bots run without the demo market. */
const isCutOff = ({ venue }: BotStateRow, stopped: readonly Part[]): boolean =>
  stopped.includes("runner") || stopped.includes("database") || (venue.isSimulated && stopped.includes("market"));

/** The strongest reason why a running bot does not trade. */
const hindrance = (bot: BotStateRow, stopped: readonly Part[]): Word | null => {
  if (bot.tradingState === "halted") return TRADING.halted;
  if (isCutOff(bot, stopped)) return { word: "Not trading", tone: "loss" };
  return TRADING[bot.tradingState] ?? interrupted(bot.recent);
};

/** Whether a bot trades, in a word. `stopped`: what the product says has stopped for all. */
export const botState = (bot: BotStateRow, stopped: readonly Part[]): Word =>
  (bot.status === "running" ? hindrance(bot, stopped) : null) ?? STATUS[bot.status];
