import { describe, expect, it } from "vitest";
import type { FunctionAnswer } from "./function-answer";
import { interpretAnswer } from "./interpret-answer";
import type { Job } from "../queue/job-queue";
import type { JsonObject } from "../base/json-object";

const NOW = 1_000_000;
const JOB: Job = {
  id: "1",
  token: "t",
  runId: "run",
  fn: "app-fn",
  kind: "call",
  step: "step",
  attempt: 0,
  planned: false,
  event: '{"id":"e"}',
  steps: "{}",
  stack: "[]",
  stepCount: 0,
};

const interpret = (answer: FunctionAnswer, job: Partial<Job> = {}) =>
  interpretAnswer(answer, {
    job: { ...JOB, ...job },
    maxAttempts: 3,
    now: NOW,
    backoff: (attempt) => 100 * (attempt + 1),
  });
const ops = (list: JsonObject[], headers: { noRetry?: boolean; retryAfter?: string } = {}): FunctionAnswer => ({
  kind: "ops",
  ops: list,
  noRetry: headers.noRetry ?? false,
  retryAfter: headers.retryAfter,
});
const op = (name: string, more: JsonObject = {}): JsonObject => ({ op: name, id: `${name}-id`, name: "n", ...more });

describe("what has to be stored after a call", () => {
  it("a single sleep is done already, and the next call is its wake-up", () => {
    const call = interpret(ops([op("Sleep", { name: "1m" })]));
    expect(call.plan.jobs).toEqual([{ kind: "call", step: "step", attempt: 0, due_ms: NOW + 60_000 }]);
    expect(call.values).toEqual(['{"type":"data","data":null}']);
    expect(call.plan.discover).toBe(false);
  });

  it("parallel steps and sleeps are pending, each with a job of its own", () => {
    const call = interpret(ops([op("StepPlanned"), op("Sleep", { name: "1s" })]));
    expect(call.values).toEqual([null, null]);
    expect(call.plan.planned).toBe(true);
    expect(call.plan.jobs.map(({ kind, step, due_ms }) => [kind, step, due_ms])).toEqual([
      ["call", "StepPlanned-id", NOW],
      ["sleep", "Sleep-id", NOW + 1000],
    ]);
  });

  it("one planned step is no parallelism", () => {
    expect(interpret(ops([op("StepPlanned")])).plan.planned).toBe(false);
  });

  it("a failed step is retried after the backoff of its attempt, or as the header says", () => {
    const failure = op("StepError", { error: { message: "x" } });
    expect(interpret(ops([failure]), { attempt: 1 }).plan.jobs).toEqual([
      { kind: "call", step: "step", attempt: 2, due_ms: NOW + 200 },
    ]);
    expect(interpret(ops([failure], { retryAfter: "7" })).plan.jobs[0]?.due_ms).toBe(NOW + 7000);
  });

  it("a step that failed for good is a result that the function sees", () => {
    const failure = op("StepError", { error: { message: "x" } });
    for (const call of [
      interpret(ops([failure]), { attempt: 2 }),
      interpret(ops([failure], { noRetry: true })),
      interpret(ops([op("StepFailed", { error: { message: "x" } })])),
    ]) {
      expect(call.plan).toMatchObject({ discover: true, status: null, jobs: [] });
      expect(call.values).toEqual(['{"type":"error","error":{"message":"x"}}']);
    }
  });

  it("a completed run keeps its output, null when there is none", () => {
    expect(interpret(ops([op("RunComplete", { data: { a: 1 } })]))).toMatchObject({
      plan: { status: "completed" },
      output: '{"a":1}',
    });
    expect(interpret({ kind: "returned", data: undefined, noRetry: false, retryAfter: undefined }).output).toBe("null");
  });

  it("a failed function is retried until its attempts are used up, then tells of it by an event", () => {
    const answer: FunctionAnswer = { kind: "failed", error: { message: "x" }, noRetry: false, retryAfter: undefined };
    expect(interpret(answer).plan).toMatchObject({ status: null, jobs: [{ attempt: 1 }] });
    const call = interpret(answer, { attempt: 2 });
    expect(call.plan.status).toBe("failed");
    expect(JSON.parse(call.failure ?? "")).toEqual({
      id: "failed:run",
      name: "inngest/function.failed",
      ts: NOW,
      data: {
        function_id: "app-fn",
        run_id: "run",
        error: { message: "x" },
        event: { id: "e" },
        events: [{ id: "e" }],
      },
    });
  });

  it.each([
    "WaitForEvent",
    "InvokeFunction",
    "WaitForSignal",
    "AIGateway",
    "Gateway",
    "DeferAdd",
    "SomethingNew",
    "toString",
  ])("%s fails the run at once", (name) => {
    const call = interpret(ops([op("StepRun", { data: 1 }), op(name)]));
    expect(call.plan.status).toBe("failed");
    expect(call.error).toContain(`does not support the operation ${name}`);
  });
});
