import type { BotRow } from "~/contracts/bot-row";
import type { Tone } from "../ui/badge";

type State = Pick<BotRow, "status" | "tradingState" | "recent">;
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

/** "Running, 12 skipped" is not "Running": what did not happen is part of how a bot is. */
const interrupted = ({ skipped, failed }: State["recent"]): Word | null => {
  if (failed > 0) return { word: `Running, ${failed} failed`, tone: "loss" };
  return skipped > 0 ? { word: `Running, ${skipped} skipped`, tone: "warn" } : null;
};

/** Whether a bot trades, in a word; of a running one the strongest of what keeps it from it. */
export const botState = ({ status, tradingState, recent }: State): Word =>
  (status === "running" ? (TRADING[tradingState] ?? interrupted(recent)) : null) ?? STATUS[status];
