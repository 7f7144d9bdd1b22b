import { STAGES, type StageView } from "~/contracts/cycle-view";
import type { StageRecord } from "../../cycle/stage-record";

/** Stages follow each other within milliseconds in one process; a runner's lease on a dead one's work lasts longer. */
const SILENCE_MS_MIN = 500;

const ORDER: readonly string[] = ["begin-cycle", ...STAGES];

const goneOn = (silenceMs: number): string =>
  `the process running the cycle stopped; another took over ${(silenceMs / 1000).toFixed(1)} s later`;

/** The cycle was set back after that stage and begun again: no process died. */
const isBegunSince = (before: StageRecord, begun: StageRecord | undefined): boolean =>
  before.endedAt !== null && (begun?.endedAt ?? 0) > before.endedAt;

/** From the end of the stage before to the start of this one, where another process ran it; null in the same one. */
const silenceBetween = (before: StageRecord, record: StageRecord): number | null => {
  if (before.process === null || record.process === null || before.process === record.process) return null;
  if (before.endedAt === null || record.endedAt === null) return null;
  return record.endedAt - record.durationMs - before.endedAt;
};

/**
 * Whether a stage was taken over from a process that stopped, in words; null for an ordinary one. Told by the records
 * alone: another process than the stage before, after a silence.
 */
export const findRecovery = (
  stage: StageView["stage"],
  records: Readonly<Record<string, StageRecord>>,
): string | null => {
  const record = records[stage];
  const earlier = ORDER.slice(0, ORDER.indexOf(stage)).filter((name) => name in records);
  const before = records[earlier.at(-1) ?? ""];
  if (!record || !before) return null;
  if (earlier.length === 1 && before.before !== null && before.before !== before.process) {
    return "the process that began the cycle stopped; another restarted it";
  }
  if (isBegunSince(before, records["begin-cycle"])) return null;
  const silence = silenceBetween(before, record);
  return silence !== null && silence >= SILENCE_MS_MIN ? goneOn(silence) : null;
};
