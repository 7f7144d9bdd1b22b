import { isJsonObject, textOf, type JsonObject } from "../base/json-object";
import { withoutNul, type RunnerDatabase } from "../base/runner-database";

const CHECKPOINT = {
  name: "runner-checkpoint",
  text: "select runner.checkpoint($1, $2, $3, $4, $5, $6) as saved",
} as const;

export type CheckpointAnswer = "saved" | "stale" | "unsupported";

/** The job a call works on, as it comes back in `qi_id`. */
export const leaseName = (jobId: string, token: string): string => `${jobId}:${token}`;

/** What is stored for a step that ran; undefined `data` counts as null, as in JSON. */
export const dataValue = (data: unknown): string => JSON.stringify({ type: "data", data: data ?? null });

const stepName = (op: JsonObject): string => withoutNul(textOf(op, "displayName") ?? textOf(op, "name") ?? "");

type Checkpoint = { readonly jobId: string; readonly token: string; readonly ops: readonly JsonObject[] };

/** Undefined for anything but finished steps of a job. */
const readCheckpoint = (body: unknown): Checkpoint | undefined => {
  if (!isJsonObject(body) || !Array.isArray(body["steps"])) return undefined;
  const [jobId, token] = (textOf(body, "qi_id") ?? "").split(":");
  const ops = body["steps"].filter(isJsonObject);
  const isSupported = ops.every((op) => op["op"] === "StepRun" && typeof op["id"] === "string");
  return isSupported && jobId && token ? { jobId, token, ops } : undefined;
};

/**
 * Stores finished steps in the middle of a call. `stale` = the lease is lost or the run was cancelled: nothing was
 * stored, and the SDK must halt. `leaseMs` = how long the lease lasts from now.
 */
export const checkpointSteps = async (
  database: RunnerDatabase,
  leaseMs: number,
  body: unknown,
): Promise<CheckpointAnswer> => {
  const checkpoint = readCheckpoint(body);
  if (!checkpoint) return "unsupported";
  const { jobId, token, ops } = checkpoint;
  const rows = await database.run<{ saved: boolean }>(CHECKPOINT, [
    jobId,
    token,
    leaseMs,
    ops.map((op) => op["id"]),
    ops.map(stepName),
    ops.map((op) => dataValue(op["data"])),
  ]);
  return rows[0]?.saved === true ? "saved" : "stale";
};
