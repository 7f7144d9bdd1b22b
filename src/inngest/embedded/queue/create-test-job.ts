import type { Job } from "./job-queue";

/** A job for tests, of a run that has its name. */
export const createTestJob = (id: string): Job => ({
  id,
  token: "t",
  runId: id,
  fn: "f",
  kind: "call",
  step: "step",
  attempt: 0,
  planned: false,
  event: "{}",
  steps: "{}",
  stack: "[]",
  stepCount: 0,
});
