import { getDatabaseUrl } from "~/env";
import { readHealth, type Health } from "~/server/health/read-health";
import { createRuntime, type Runtime } from "~/server/runtime";

export const dynamic = "force-dynamic";

/** A probe waits no longer than this, even if the check hangs. */
const PATIENCE_MS = 3000;
const UNAVAILABLE: Health = { status: "unavailable" };

let runtime: Runtime | undefined;

const askHealth = (): Promise<Health> => {
  runtime ??= createRuntime({ databaseUrl: getDatabaseUrl("DATABASE_URL"), poolMax: 1 });
  return readHealth(runtime);
};

const expire = (): Promise<Health> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(UNAVAILABLE), PATIENCE_MS).unref();
  });

/** 200 {"status":"ok"}, or 503 with "starting" or "unavailable": from database, runner and demo market, and no more. */
export const GET = async (): Promise<Response> => {
  const health = await Promise.race([askHealth(), expire()]).catch(() => UNAVAILABLE);
  const headers = { "cache-control": "no-store" };
  return Response.json(health, { status: health.status === "ok" ? 200 : 503, headers });
};
