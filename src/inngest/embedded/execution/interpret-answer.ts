import { dataValue } from "../transport/checkpoint-steps";
import { retryAfterAt, sleepEndsAt } from "../base/due-instant";
import { refusedAnswer, type FunctionAnswer } from "./function-answer";
import type { Job } from "../queue/job-queue";
import { isJsonObject, textOf, type JsonObject } from "../base/json-object";
import type { RetryBackoff } from "../base/retry-backoff";
import { withoutNul } from "../base/runner-database";
import type { SettledCall } from "../base/settled-call";

export type CallContext = {
  readonly job: Job;
  readonly maxAttempts: number;
  /** Scheduler milliseconds. */
  readonly now: number;
  readonly backoff: RetryBackoff;
};

type SettledStep = SettledCall["plan"]["steps"][number] & { readonly value: string | null };
type NextJob = SettledCall["plan"]["jobs"][number];

/** What one operation asks for. */
type Effect = {
  readonly step?: SettledStep;
  readonly job?: NextJob;
  readonly discover?: boolean;
  readonly completed?: { readonly data: unknown };
};

const settled = (effects: readonly Effect[], planned: boolean): SettledCall => {
  const steps = effects.flatMap((effect) => (effect.step ? [effect.step] : []));
  return {
    plan: {
      steps: steps.map(({ id, name, op }) => ({ id, name, op })),
      jobs: effects.flatMap((effect) => (effect.job ? [effect.job] : [])),
      planned,
      discover: effects.some((effect) => effect.discover === true),
      status: null,
      failure_id: null,
    },
    values: steps.map((step) => step.value),
  };
};

const completed = (call: SettledCall, data: unknown): SettledCall => ({
  ...call,
  plan: { ...call.plan, status: "completed" },
  output: JSON.stringify(data ?? null),
});

/** The run failed: the error is stored and sent in the event `inngest/function.failed`, which starts onFailure. */
const failed = ({ job, now }: CallContext, error: unknown): SettledCall => {
  const call = settled([], false);
  const id = `failed:${job.runId}`;
  const errorText = JSON.stringify(error ?? null);
  const known = JSON.stringify({ function_id: job.fn, run_id: job.runId });
  const data = `${known.slice(0, -1)},"error":${errorText},"event":${job.event},"events":[${job.event}]}`;
  return {
    ...call,
    plan: { ...call.plan, status: "failed", failure_id: id },
    error: errorText,
    failure: `{"id":${JSON.stringify(id)},"name":"inngest/function.failed","ts":${now},"data":${data}}`,
  };
};

const isLastAttempt = (answer: FunctionAnswer, { job, maxAttempts }: CallContext): boolean =>
  answer.noRetry || job.attempt + 1 >= maxAttempts;

const retryJob = (answer: FunctionAnswer, { job, now, backoff }: CallContext): NextJob => ({
  kind: job.kind,
  step: job.step,
  attempt: job.attempt + 1,
  due_ms: Math.ceil(
    answer.retryAfter === undefined ? now + backoff(job.attempt) : retryAfterAt(answer.retryAfter, now),
  ),
});

const stepOf = (op: JsonObject, value: string | null): SettledStep => ({
  id: textOf(op, "id") ?? "",
  name: withoutNul(textOf(op, "displayName") ?? textOf(op, "name") ?? ""),
  op: textOf(op, "op") ?? "",
  value,
});

const failedStep = (op: JsonObject): Effect => ({
  step: stepOf(op, JSON.stringify({ type: "error", error: op["error"] ?? null })),
  discover: true, // the function sees the error and may catch it
});

/** A single sleep is stored as done: its end is the next call. Among parallel steps, a sleep is a job of its own. */
const sleepEffect = (op: JsonObject, parallel: boolean, now: number): Effect => {
  const opts = op["opts"];
  const text = textOf(op, "name") ?? (isJsonObject(opts) ? textOf(opts, "duration") : undefined) ?? "";
  const dueMs = Math.ceil(sleepEndsAt(text, now)); // the duration is in `name`
  if (!parallel) {
    return { step: stepOf(op, dataValue(null)), job: { kind: "call", step: "step", attempt: 0, due_ms: dueMs } };
  }
  const step = stepOf(op, null);
  return { step, job: { kind: "sleep", step: step.id, attempt: 0, due_ms: dueMs } };
};

const plannedEffect = (op: JsonObject, now: number): Effect => {
  const step = stepOf(op, null);
  return { step, job: { kind: "call", step: step.id, attempt: 0, due_ms: now } };
};

type OpRule = (op: JsonObject, answer: FunctionAnswer, context: CallContext & { readonly parallel: boolean }) => Effect;

const OP_RULES: Readonly<Record<string, OpRule>> = {
  StepRun: (op) => ({ step: stepOf(op, dataValue(op["data"])), discover: true }),
  StepError: (op, answer, context) =>
    isLastAttempt(answer, context) ? failedStep(op) : { job: retryJob(answer, context) },
  StepFailed: failedStep,
  StepPlanned: (op, _answer, { now }) => plannedEffect(op, now),
  Sleep: (op, _answer, { parallel, now }) => sleepEffect(op, parallel, now),
  DiscoveryRequest: () => ({ discover: true }),
  RunComplete: (op) => ({ completed: { data: op["data"] } }),
};

const interpretOps = (answer: FunctionAnswer & { kind: "ops" }, context: CallContext): SettledCall => {
  const { ops } = answer;
  const unknown = ops.find((op) => !Object.hasOwn(OP_RULES, textOf(op, "op") ?? ""));
  if (unknown) return interpretAnswer(refusedAnswer(`the operation ${textOf(unknown, "op") ?? "?"}`), context);
  const parallel = ops.filter((op) => op["op"] === "StepPlanned" || op["op"] === "Sleep").length > 1;
  const effects = ops.map((op) => OP_RULES[textOf(op, "op") ?? ""]?.(op, answer, { ...context, parallel }) ?? {});
  const call = settled(effects, parallel);
  const end = effects.find((effect) => effect.completed)?.completed;
  return end ? completed(call, end.data) : call;
};

/** What has to be stored after a call. Pure. */
export const interpretAnswer = (answer: FunctionAnswer, context: CallContext): SettledCall => {
  if (answer.kind === "ops") return interpretOps(answer, context);
  if (answer.kind === "returned") return completed(settled([], false), answer.data);
  if (isLastAttempt(answer, context)) return failed(context, answer.error);
  return settled([{ job: retryJob(answer, context) }], false);
};

/** A parallel sleep that is over. */
export const wokenSleep = (job: Job): SettledCall =>
  settled([{ step: { id: job.step, name: "", op: "Sleep", value: dataValue(null) }, discover: true }], false);
