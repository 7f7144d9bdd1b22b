import type { BotRow } from "~/contracts/bot-row";
import { Badge, type Tone } from "../ui/badge";

type State = Pick<BotRow, "status" | "tradingState">;
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

/** Whether a bot trades, in a word; of a running one the stronger word of its trading state. */
export const BotStateBadge = ({ status, tradingState }: State) => {
  const { word, tone } = (status === "running" ? TRADING[tradingState] : null) ?? STATUS[status];
  return <Badge tone={tone}>{word}</Badge>;
};
