import { utcMinute } from "../utc-minute";
import type { Command, CommandOf } from "./command";
import { isRefused, type Refused } from "./refused";

/** What came of a command that was not refused. `note`: what it found. */
export type Outcome = { readonly positionIds: readonly string[]; readonly note?: string };

const counted = (count: number): string => (count === 1 ? "a position" : `${count} positions`);
const lockedPair = (pair: string | null): string => pair ?? "all pairs";
const untilText = (until: string): string => utcMinute(new Date(until));

type Texts<Result> = { readonly [Kind in Command["kind"]]: (command: CommandOf<Kind>, result: Result) => string };

/** What became of each command, after the name of its bot. */
const TAKEN: Texts<Outcome> = {
  pause: () => "is paused: it opens nothing, and closes by its rules",
  resume: () => "goes on",
  stop: () => "is stopped: it decides nothing, and its stops and targets still hold",
  archive: () => "is archived",
  "close-all": (_, { positionIds }) => `closes ${counted(positionIds.length)} at the next open`,
  "close-position": () => "closes a position at the next open",
  "move-stop": () => "moves a stop from the next candle on",
  "run-now": (_, { note }) => note ?? "decides at the next open",
  "lock-pair": ({ pair, until }) => `does not enter ${lockedPair(pair)} until ${untilText(until)}`,
  "unlock-pair": ({ pair }) => `may enter ${lockedPair(pair)} again`,
  "apply-exits": (_, { positionIds }) =>
    `gives ${counted(positionIds.length)} the exits of its present settings from the next candle on`,
  "accept-proposal": () => "places a proposal that you accepted at the next open",
  "decline-proposal": () => "does not enter what you declined",
};

const TRIED: Readonly<Record<Command["kind"], string>> = {
  pause: "was not paused",
  resume: "did not go on",
  stop: "was not stopped",
  archive: "was not archived",
  "close-all": "closes nothing",
  "close-position": "closes nothing",
  "move-stop": "moves no stop",
  "run-now": "does not run now",
  "lock-pair": "locks nothing",
  "unlock-pair": "unlocks nothing",
  "apply-exits": "changes no exits",
  "accept-proposal": "places nothing",
  "decline-proposal": "has nothing to decline",
};

const textOf = <Kind extends Command["kind"], Result>(
  texts: Texts<Result>,
  command: CommandOf<Kind>,
  result: Result,
): string => (texts[command.kind] as (command: CommandOf<Kind>, result: Result) => string)(command, result);

/** One sentence about a command that was taken or refused. */
export const describeTaken = (name: string, command: Command, outcome: Outcome | Refused): string =>
  isRefused(outcome)
    ? `${name} ${TRIED[command.kind]}: ${outcome.refused}`
    : `${name} ${textOf(TAKEN, command, outcome)}`;

/** `pair`: of the position that it is about; null: of none, or unknown. */
const ASKED: Texts<string | null> = {
  pause: () => "Pause",
  resume: () => "Resume",
  stop: () => "Stop",
  archive: () => "Archive",
  "close-all": () => "Close everything it holds",
  "close-position": (_, pair) => `Close ${pair ?? "a position"}`,
  "move-stop": ({ level }, pair) => `Move the stop of ${pair ?? "a position"} to ${level}`,
  "apply-exits": ({ positionId, version }, pair) =>
    `Apply the ${version === undefined ? "present exits" : `exits of version ${version}`} to ${positionId === undefined ? "all that it holds" : (pair ?? "a position")}`,
  "run-now": () => "Run now",
  "lock-pair": ({ pair, until, reason }) =>
    `Lock ${lockedPair(pair)} until ${untilText(until)}${reason === null ? "" : `: ${reason}`}`,
  "unlock-pair": ({ pair }) => `Unlock ${lockedPair(pair)}`,
  "accept-proposal": (_, pair) => `Accept a proposal${pair === null ? "" : ` in ${pair}`}`,
  "decline-proposal": (_, pair) => `Decline a proposal${pair === null ? "" : ` in ${pair}`}`,
};

/** What was asked. `pair`: of the position that it is about; null: of none, or unknown. */
export const describeAsked = (command: Command, pair: string | null): string => textOf(ASKED, command, pair);
