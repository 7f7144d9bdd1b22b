import { STAGES, type CycleView, type StageView } from "~/contracts/cycle-view";
import type { StageRecord } from "../../cycle/stage-record";
import { findRecovery } from "./find-recovery";
import { describeStageResult } from "./describe-stage-result";

type StageName = StageView["stage"];
type Records = Readonly<Record<string, StageRecord>>;

export type StagesOf = {
  readonly status: CycleView["status"];
  readonly records: Records;
  /** Whether the slot brought a new closed decision candle; null where its settings are not known. */
  readonly isDecisionDue: boolean | null;
  /** Whether its mode asks a model. Default: it does not. */
  readonly asksModel?: boolean;
};

const countOf = (record: StageRecord | undefined, keys: readonly string[]): number | null =>
  record === undefined ? null : keys.reduce((sum, key) => sum + Number(record.result[key] ?? 0), 0);

const isIdle = ({ status, records, isDecisionDue }: StagesOf): boolean =>
  !("read-market" in records || "make-decisions" in records) && (status === "done" || isDecisionDue === false);

const isFlat = ({ status, records }: StagesOf): boolean =>
  !("read-portfolio" in records) && (status === "done" || records["begin-cycle"]?.result["hasPositions"] === false);

/** Why nothing had to be judged, as far as that is known. */
const nothingToJudge = (cycle: StagesOf): string | undefined => {
  if (isIdle(cycle)) return NO_CANDLE;
  return countOf(cycle.records["make-decisions"], ["open", "close"]) === 0 ? "no decision to open or close" : undefined;
};

const nothingToSend = (cycle: StagesOf): string | undefined =>
  nothingToJudge(cycle) ??
  (countOf(cycle.records["apply-risk"], ["passed"]) === 0 ? "the risk gate approved nothing" : undefined);

const ASK_MODEL: StageName = "ask-model";
const NO_CANDLE = "no new decision candle had closed";

/** What the cycle did not have to do, and why: nothing while that is not known. */
const reasonsNotNeeded = (cycle: StagesOf): Partial<Record<StageName, string | undefined>> => {
  const candle = isIdle(cycle) ? NO_CANDLE : undefined;
  return {
    "read-market": candle,
    "read-portfolio": isFlat(cycle) ? "no position was open" : undefined,
    "ask-model": candle,
    "make-decisions": candle,
    "apply-risk": nothingToJudge(cycle),
    "execute-orders": nothingToSend(cycle),
  };
};

const STOPPED: Partial<Record<CycleView["status"], string>> = {
  failed: "the cycle failed here",
  abandoned: "the process stopped here; the next cycle closed this one",
};

const blank = (stage: StageName, state: StageView["state"], summary: string | null): StageView => ({
  stage,
  state,
  durationMs: null,
  attempts: null,
  recovered: null,
  summary,
});

const ran = (stage: StageName, record: StageRecord, records: Records): StageView => {
  const recovered = findRecovery(stage, records);
  return {
    stage,
    state: "done",
    durationMs: record.durationMs,
    // The count of a process that died is lost.
    attempts: recovered === null ? record.attempt : null,
    recovered,
    summary: describeStageResult(stage, record.result),
  };
};

/** The stages in their order: those that ran, the one that runs, and the others, not needed or not reached. */
export const describeStages = (cycle: StagesOf): StageView[] => {
  const { status, records, asksModel = false } = cycle;
  const stages = STAGES.filter((stage) => stage !== ASK_MODEL || asksModel || stage in records);
  const reasons = reasonsNotNeeded(cycle);
  const hasBegun = status !== "due" && status !== "skipped";
  const open = hasBegun ? stages.find((stage) => !(stage in records) && reasons[stage] === undefined) : undefined;
  return stages.map((stage) => {
    const record = records[stage];
    if (record) return ran(stage, record, records);
    if (!hasBegun) return blank(stage, "not-reached", null);
    const reason = reasons[stage];
    if (reason !== undefined) return blank(stage, "not-needed", reason);
    const isRunning = stage === open && status === "running";
    return blank(stage, isRunning ? "running" : "not-reached", stage === open ? (STOPPED[status] ?? null) : null);
  });
};
