import { formatPercent } from "../format-percent";
import { utcMinute } from "../utc-minute";

/** What decides whether a bot trades. Times in ms of venue time. */
export type TradingStatus = {
  readonly status: "running" | "paused" | "stopped" | "archived";
  readonly tradingState: "active" | "reducing" | "halted";
  /** Its venue was archived. */
  readonly isMarketGone: boolean;
  /** Its venue's clock is paused. */
  readonly isMarketPaused: boolean;
  readonly isDrawdownReached: boolean;
  readonly drawdownMax: number;
  readonly now: number;
  readonly lossPauseUntil: number | null;
  readonly consecutiveLossesMax: number;
  readonly isDailyLossReached: boolean;
};

const STOPPED = {
  archived: "It is archived.",
  stopped: "It is stopped: it decides nothing until it is resumed; stops and targets still hold.",
} as const;

/** Why its cycles decide nothing. */
const describeStandstill = (bot: TradingStatus): string | null => {
  if (bot.status === "archived") return STOPPED.archived;
  if (bot.isMarketGone) return "Its market is not running.";
  if (bot.status === "stopped") return STOPPED.stopped;
  if (bot.tradingState === "halted") return "It is halted: its cycles are skipped; stops and targets still hold.";
  return null;
};

/** Why it opens no positions although its cycles run. */
const describeNoEntries = (bot: TradingStatus): string | null => {
  if (bot.status === "paused") return "It is paused: it opens nothing until it is resumed, and closes by its rules.";
  if (bot.tradingState === "reducing") {
    const reason = bot.isDrawdownReached
      ? `: equity fell ${formatPercent(bot.drawdownMax)} or more below its peak`
      : "";
    return `It only closes positions${reason}.`;
  }
  if (bot.lossPauseUntil !== null && bot.lossPauseUntil > bot.now) {
    return `No entries until ${utcMinute(new Date(bot.lossPauseUntil))}: ${bot.consecutiveLossesMax === 1 ? "a loss" : `${bot.consecutiveLossesMax} losses in a row`}.`;
  }
  return bot.isDailyLossReached ? "No entries until the next UTC day: it lost its limit of a day." : null;
};

/** Why a bot does not trade, in one sentence, the strongest reason first; null while it does. */
export const describeStatus = (bot: TradingStatus): string | null =>
  describeStandstill(bot) ?? describeNoEntries(bot) ?? (bot.isMarketPaused ? "Its market's clock is paused." : null);
