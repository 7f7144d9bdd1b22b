import { callScope, type CallScope } from "../base/call-scope";
import { EMBEDDED_BASE_URL } from "../transport/embedded-fetch";
import { errorValue, readAnswer, refusedAnswer, type FunctionAnswer } from "./function-answer";
import { leaseOf, type Job } from "../queue/job-queue";

/** What `serve()` of "inngest/edge" returns. */
export type ServeHandler = (request: Request) => Promise<Response>;

const ENDPOINT = `${EMBEDDED_BASE_URL}api/inngest`;
// Without `host` the edge handler answers 500 "Invalid URL"; with the server kind it does not look for a dev server.
const HEADERS = { "content-type": "application/json", host: "embedded.local", "x-inngest-server-kind": "dev" };

/** Asks the SDK for its functions: it answers by a request to /fn/register. Throws when it does not. */
export const askForRegistration = async (handler: ServeHandler): Promise<void> => {
  const response = await handler(new Request(ENDPOINT, { method: "PUT", headers: HEADERS }));
  if (!response.ok) {
    throw new Error(`The Inngest SDK did not register its functions (${response.status}): is the client in dev mode?`);
  }
};

/** Event and memo are already JSON text: they are inserted as they are, not parsed and serialized again. */
const requestBody = (job: Job, maxAttempts: number): string => {
  const context = JSON.stringify({
    run_id: job.runId,
    fn_id: job.fn, // without it the SDK does not checkpoint
    attempt: job.attempt,
    max_attempts: maxAttempts,
    disable_immediate_execution: job.planned,
    use_api: false,
    qi_id: leaseOf(job), // comes back in every checkpoint
  });
  const stack = `{"stack":${job.stack},"current":${job.stepCount}}`;
  const ctx = `${context.slice(0, -1)},"stack":${stack}}`;
  return `{"version":2,"event":${job.event},"events":[${job.event}],"steps":${job.steps},"ctx":${ctx}}`;
};

/** Calls the function for one job, in this process. Never throws: a failure is an answer that may be retried. */
export const callFunction = async (handler: ServeHandler, job: Job, maxAttempts: number): Promise<FunctionAnswer> => {
  const url = `${ENDPOINT}?fnId=${encodeURIComponent(job.fn)}&stepId=${encodeURIComponent(job.step)}`;
  const scope: CallScope = {};
  try {
    const request = new Request(url, { method: "POST", headers: HEADERS, body: requestBody(job, maxAttempts) });
    const answer = await callScope.run(scope, async () => readAnswer(await handler(request)));
    return scope.refused === undefined ? answer : refusedAnswer(scope.refused);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "failed", error: errorValue("Error", message), noRetry: false, retryAfter: undefined };
  }
};
