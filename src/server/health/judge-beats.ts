import type { Part } from "~/contracts/pulse";

/** `functions`: durable functions ran, wherever; `cycles`: all cycles that were due by then had ended. */
export type BeatName = "runner" | "market" | "functions" | "cycles";

/** The last sign of life of each part, with its age by the database's clock; one that never beat is missing. */
export type Beat = { readonly beatAt: Date; readonly ageSeconds: number };
export type Beats = Readonly<Partial<Record<BeatName, Beat>>>;

/** A part that has stopped, and its last sign of life. */
export type Stopped = { readonly part: Exclude<Part, "database">; readonly since: Date };

/** A part that beats every two seconds and was silent for this long is gone or stuck. */
const SILENT_AFTER_SECONDS = 10;
/** Functions of a hosted Inngest beat once a minute: two missed beats are no coincidence. */
const FUNCTIONS_SILENT_SECONDS = 150;
/** A cycle that is due may take so long: a lost hint is found and an expired lease taken up within it. */
const CYCLE_SECONDS_MAX = 90;
/** Where only the functions check whether cycles end, the check itself may be so much older. */
const LOOK_SECONDS = 120;
/**
 * In one process both beat, the runner every two seconds and the functions every minute: functions whose last beat is
 * later than the runner's by more than this run elsewhere.
 */
const MOVED_AFTER_MS = 70_000;

/** Whether a process beside us, which beats every two seconds, is gone or stuck. */
export const isSilent = ({ ageSeconds }: Beat): boolean => ageSeconds > SILENT_AFTER_SECONDS;

const hasMoved = ({ runner, functions }: Beats): boolean =>
  functions !== undefined &&
  (runner === undefined || functions.beatAt.getTime() - runner.beatAt.getTime() > MOVED_AFTER_MS);

/** Whether no durable function has run for a while, wherever; also where none ever has. */
export const areFunctionsSilent = ({ functions }: Beats): boolean =>
  (functions?.ageSeconds ?? Infinity) > FUNCTIONS_SILENT_SECONDS;

/** Whether durable functions run now, and not by a runner beside us. */
export const isElsewhere = (beats: Beats): boolean => hasMoved(beats) && !areFunctionsSilent(beats);

const judge = (part: Stopped["part"], beat: Beat | undefined, limitSeconds: number): Stopped[] =>
  beat && beat.ageSeconds > limitSeconds ? [{ part, since: beat.beatAt }] : [];

const EXECUTORS: ReadonlySet<Part> = new Set(["runner", "functions"]);

/**
 * Whether a look that found these stopped can judge a part: without the database only that can be judged, and without
 * an executor no cycles.
 */
export const isJudged = (part: Part, stopped: readonly { readonly part: Part }[]): boolean =>
  part === "database" ||
  stopped.every((each) => each.part !== "database" && (part !== "cycles" || !EXECUTORS.has(each.part)));

/** The last beat of the executor: of the functions where they run elsewhere, else of the runner. Null: none yet. */
export const executorOf = (beats: Beats): Beat | null => (hasMoved(beats) ? beats.functions : beats.runner) ?? null;

/** `awaited`: since when bots wait for the executor's first beat. */
type Use = { readonly hasDemo: boolean; readonly awaited: Beat | null };

/**
 * What has stopped, by every part's last sign of life. A part that never beat is starting, or not in use; only the
 * executor is missed when bots wait for it. That is the embedded runner, or durable functions elsewhere if those
 * outlived it.
 */
export const judgeBeats = (beats: Beats, { hasDemo, awaited }: Use): Stopped[] => {
  const executor = executorOf(beats);
  const isSlow = hasMoved(beats) || executor === null;
  const executing = isSlow
    ? judge("functions", executor ?? awaited ?? undefined, FUNCTIONS_SILENT_SECONDS)
    : judge("runner", executor, SILENT_AFTER_SECONDS);
  const stopped = [...executing, ...(hasDemo ? judge("market", beats.market, SILENT_AFTER_SECONDS) : [])];
  if (!isJudged("cycles", stopped)) return stopped;
  return [...stopped, ...judge("cycles", beats.cycles, CYCLE_SECONDS_MAX + (isSlow ? LOOK_SECONDS : 0))];
};
