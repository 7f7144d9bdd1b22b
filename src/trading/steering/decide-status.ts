import type { Refused } from "./refused";
import { refuse } from "./refused";

type Status = "running" | "paused" | "stopped" | "archived";

/** What decides whether a bot's status may change. */
export type SteeredBot = {
  readonly status: Status;
  /** It was stopped because its market does not run, and goes on with it. */
  readonly isMarketGone: boolean;
  readonly openPositions: number;
};

export type StatusCommand = "pause" | "resume" | "stop" | "archive";

/** The status that follows each, or why it cannot be had from there. */
const NEXT: Readonly<Record<StatusCommand, Readonly<Record<Status, Status | { readonly not: string }>>>> = {
  pause: {
    running: "paused",
    paused: { not: "it is paused already" },
    stopped: { not: "it is stopped: resume it first" },
    archived: { not: "it is archived" },
  },
  resume: {
    running: { not: "it runs already" },
    paused: "running",
    stopped: "running",
    archived: { not: "it is archived" },
  },
  stop: {
    running: "stopped",
    paused: "stopped",
    stopped: { not: "it is stopped already" },
    archived: { not: "it is archived" },
  },
  archive: {
    running: { not: "it runs: stop it first" },
    paused: { not: "its cycles go on while it is paused: stop it first" },
    stopped: "archived",
    archived: { not: "it is archived already" },
  },
};

/** The status of a bot after a command, or why it stays as it is. */
export const decideStatus = (bot: SteeredBot, command: StatusCommand): { readonly status: Status } | Refused => {
  const next = NEXT[command][bot.status];
  if (typeof next !== "string") return refuse(next.not);
  if (next === "running" && bot.isMarketGone) return refuse("its market is not running: it goes on with it");
  if (next === "archived" && bot.openPositions > 0) {
    return refuse(`it holds ${bot.openPositions === 1 ? "a position" : `${bot.openPositions} positions`}: close first`);
  }
  return { status: next };
};
