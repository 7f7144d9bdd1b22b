import type { Pool } from "pg";
import { acceptEvents, RefusedEvents } from "./accept-events";
import { refuseInScope } from "../base/call-scope";
import type { CheckpointAnswer } from "./checkpoint-steps";
import { createRunnerDatabase } from "../base/runner-database";
import type { SchedulerClock } from "../base/scheduler-clock";

export const EMBEDDED_BASE_URL = "http://embedded.local/";

/** What only the process that executes functions can answer. */
export type RunnerHooks = {
  checkpoint(body: unknown): Promise<CheckpointAnswer>;
  register(functions: unknown): void;
  /** Called when this process accepted events: it need not wait for the NOTIFY. */
  wake(): void;
};

export type EmbeddedFetchOptions = {
  readonly pool: Pool;
  readonly clock: SchedulerClock;
  /** Read at each request: the runner is made after the client that needs the fetch. */
  readonly hooks?: () => RunnerHooks | undefined;
};

const json = (body: unknown, status: number): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

const CHECKPOINT_PATH = /^\/v1\/checkpoint\/[^/]+\/async$/;

const readBody = (init: RequestInit | undefined): unknown => {
  if (typeof init?.body !== "string") throw new RefusedEvents("The embedded runner expects a JSON text as body.");
  return JSON.parse(init.body);
};

const answerCheckpoint = async (hooks: RunnerHooks | undefined, body: unknown): Promise<Response> => {
  const answer = (await hooks?.checkpoint(body)) ?? "unsupported";
  if (answer === "saved") return json({}, 200);
  if (answer === "unsupported") refuseInScope("a checkpoint of something else than step.run");
  return json({ error: answer === "stale" ? "stale dispatch" : "unsupported by the embedded runner" }, 409);
};

const unsupported = (pathname: string): Response => {
  refuseInScope(pathname);
  return json({ error: `The embedded runner does not support ${pathname}.`, status: 501 }, 501);
};

/**
 * The `fetch` of an Inngest client in embedded mode: events go straight into PostgreSQL. A process that only sends
 * needs no more than this; the one that executes functions adds its hooks. Never throws because of a request's content:
 * answers 400 for a malformed event and 501 for a part of Inngest's API outside the supported subset.
 */
export const createEmbeddedFetch = ({ pool, clock, hooks }: EmbeddedFetchOptions): typeof fetch => {
  const database = createRunnerDatabase(pool);

  const answerEvents = async (init: RequestInit | undefined): Promise<Response> => {
    const body = readBody(init);
    const seed = new Headers(init?.headers).get("x-inngest-event-id-seed") ?? undefined;
    const events = Array.isArray(body) ? body : [body];
    const ids = await acceptEvents(database, { events, seed, now: clock.now() });
    hooks?.()?.wake();
    return json({ ids, status: 200 }, 200);
  };

  const answer = async (pathname: string, init: RequestInit | undefined): Promise<Response> => {
    if (pathname.startsWith("/e/")) return answerEvents(init);
    if (CHECKPOINT_PATH.test(pathname)) return answerCheckpoint(hooks?.(), readBody(init));
    if (pathname !== "/fn/register") return unsupported(pathname);
    const runner = hooks?.();
    if (!runner) return json({ error: "No embedded runner in this process: functions are registered by it." }, 501);
    runner.register(readBody(init));
    return json({ ok: true, modified: true }, 200);
  };

  return async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    try {
      return await answer(pathname, init);
    } catch (error) {
      if (error instanceof RefusedEvents) return json({ error: error.message, status: 400 }, 400);
      throw error;
    }
  };
};
