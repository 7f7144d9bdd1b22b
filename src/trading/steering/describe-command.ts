import type { Command } from "./command";
import { isRefused, type Refused } from "./refused";

const counted = (count: number): string => (count === 1 ? "a position" : `${count} positions`);

/** What became of each command, after the name of its bot. */
const TAKEN: Readonly<Record<Command["kind"], (positions: number) => string>> = {
  pause: () => "is paused: it opens nothing, and closes by its rules",
  resume: () => "goes on",
  stop: () => "is stopped: it decides nothing, and its stops and targets still hold",
  archive: () => "is archived",
  "close-all": (positions) => `closes ${counted(positions)} at the next open`,
  "close-position": () => "closes a position at the next open",
  "move-stop": () => "moves a stop from the next candle on",
  "apply-exits": (positions) => `gives ${counted(positions)} the exits of its present settings from the next candle on`,
};

const TRIED: Readonly<Record<Command["kind"], string>> = {
  pause: "was not paused",
  resume: "did not go on",
  stop: "was not stopped",
  archive: "was not archived",
  "close-all": "closes nothing",
  "close-position": "closes nothing",
  "move-stop": "moves no stop",
  "apply-exits": "changes no exits",
};

/** One sentence about a command that was taken or refused. */
export const describeTaken = (
  name: string,
  { kind }: Command,
  outcome: { readonly positionIds: readonly string[] } | Refused,
): string =>
  isRefused(outcome)
    ? `${name} ${TRIED[kind]}: ${outcome.refused}`
    : `${name} ${TAKEN[kind](outcome.positionIds.length)}`;

const ASKED: Readonly<Record<Command["kind"], string>> = {
  pause: "Pause",
  resume: "Resume",
  stop: "Stop",
  archive: "Archive",
  "close-all": "Close everything it holds",
  "close-position": "Close",
  "move-stop": "Move the stop of",
  "apply-exits": "Apply the present exits to",
};

/** What was asked. `pair`: of the position that it is about; null: of none, or unknown. */
export const describeAsked = (command: Command, pair: string | null): string => {
  const text = ASKED[command.kind];
  if (command.kind === "apply-exits") {
    return `${text} ${command.positionId === undefined ? "all that it holds" : (pair ?? "a position")}`;
  }
  if (command.kind === "close-position") return `${text} ${pair ?? "a position"}`;
  return command.kind === "move-stop" ? `${text} ${pair ?? "a position"} to ${command.level}` : text;
};
