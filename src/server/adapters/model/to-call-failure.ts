import type { ModelFault, RefusedFault } from "~/trading/model/model-fault";
import { readRetryAfter } from "./retry-after";
import type { CallTrace } from "./whole-fetch";

export type CallFailure = {
  readonly fault: ModelFault;
  /** Body of the vendor's error; null where it gave none. */
  readonly body: unknown;
  readonly headers: Headers | undefined;
  /** How long to wait before the one further try, ms; null: it must not be tried again. */
  readonly retryAfterMs: number | null;
};

/** Statuses with which a request is turned away before a model reads it. All others may have been paid. */
const REFUSALS: Readonly<Record<number, RefusedFault>> = {
  301: "refused-address",
  302: "refused-address",
  307: "refused-address",
  308: "refused-address",
  400: "refused-request",
  401: "refused-key",
  402: "refused-credit",
  403: "refused-forbidden",
  404: "refused-not-found",
  405: "refused-address",
  413: "refused-request",
  415: "refused-request",
  422: "refused-request",
  429: "refused-rate",
  529: "refused-overloaded",
};

const TRIED_AGAIN: ReadonlySet<ModelFault> = new Set<ModelFault>(["refused-rate", "refused-overloaded"]);
const RECONNECT_AFTER_MS = 250;
const NO_CREDIT = /credit balance|insufficient (?:balance|credit|funds)/i;

type StatusError = { readonly status: number; readonly body: unknown; readonly headers: Headers | undefined };

/** The SDK's errors of a status, told by their form. */
const readStatusError = (error: unknown): StatusError | null => {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return null;
  const headers = "headers" in error && error.headers instanceof Headers ? error.headers : undefined;
  const body: unknown = "error" in error && error.error !== undefined ? error.error : error.message.slice(4);
  return { status: error.status, body, headers };
};

const faultOfStatus = ({ status, body }: StatusError): ModelFault => {
  const fault = REFUSALS[status] ?? "lost-server";
  return fault === "refused-request" && NO_CREDIT.test(JSON.stringify(body)) ? "refused-credit" : fault;
};

const faultOfPhase = ({ phase, isTooLarge }: CallTrace, isExpired: boolean): ModelFault => {
  if (phase === "not-connected") return "refused-unreachable";
  if (isTooLarge) return "lost-too-large";
  return isExpired ? "lost-time" : "lost-connection";
};

type Circumstances = { readonly trace: CallTrace; readonly isExpired: boolean; readonly now: number };

/** Why a request failed; null: it was never sent, so that the fault is ours. */
export const toCallFailure = (error: unknown, { trace, isExpired, now }: Circumstances): CallFailure | null => {
  if (trace.phase === "unsent") return null;
  const answer = readStatusError(error);
  if (answer === null) {
    const fault = faultOfPhase(trace, isExpired);
    const retryAfterMs = fault === "refused-unreachable" ? RECONNECT_AFTER_MS : null;
    return { fault, body: null, headers: undefined, retryAfterMs };
  }
  const fault = faultOfStatus(answer);
  const retryAfterMs = TRIED_AGAIN.has(fault) ? readRetryAfter(answer.headers, now) : null;
  return { fault, body: answer.body, headers: answer.headers, retryAfterMs };
};
