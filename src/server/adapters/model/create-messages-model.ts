import type { ModelOutcome, ModelReply, ModelRequest } from "~/trading/model/model-call";
import { describeModelFault, isRefusedFault, type ModelFault } from "~/trading/model/model-fault";
import type { ModelTraits } from "~/trading/model/model-traits";
import { startDeadline, type Deadline } from "./deadline";
import { readEndpoint, type ModelEndpoint } from "./model-endpoint";
import { loadModelSdk, openClient, type ModelSdk } from "./open-client";
import { quoteVendor } from "./quote-vendor";
import { readReply, type ReplyReading } from "./read-reply";
import { toCallFailure } from "./to-call-failure";
import { toWireRequest } from "./to-wire-request";
import { startTrace } from "./whole-fetch";

export type MessagesModelOptions = {
  readonly endpoint: ModelEndpoint;
  readonly model: Pick<ModelTraits, "id" | "capabilities">;
  /** Longer replies are given up. Default 1 MiB. */
  readonly replyBytesMax?: number;
};

const REPLY_BYTES_MAX = 1_048_576;
const TRIES_MAX = 2;
/** With less time than this left, and than this share of all, asking again would only be paid and not heard. */
const CALL_MS_MIN = 100;
const CALL_SHARE_MIN = 0.25;
/** Shorter keys are words such as "ollama", which local servers ask for and do not check. */
const SECRET_LENGTH_MIN = 12;
const REQUEST_ID = /^[\w.:-]{1,128}$/;

type Attempt = { readonly requestId: string | null } & (
  | { readonly reply: ModelReply }
  | { readonly fault: ModelFault; readonly quote: string | null; readonly retryAfterMs: number | null }
);

type Caller = MessagesModelOptions & { readonly sdk: ModelSdk; readonly request: ModelRequest };

/** What of the endpoint's key must never be shown. */
const secretOf = ({ key }: ModelEndpoint): string | null =>
  key !== null && key.length >= SECRET_LENGTH_MIN ? key : null;

const readRequestId = (headers: Headers | undefined, secret: string | null): string | null => {
  const id = headers?.get("request-id") ?? "";
  return REQUEST_ID.test(id) && (secret === null || !id.includes(secret)) ? id : null;
};

type Answered = { readonly secret: string | null; readonly replyBytesMax: number };

/** Bytes that are no letters become longer as text, which is what is kept. */
const readText = (raw: string, { secret, replyBytesMax }: Answered): ReplyReading =>
  Buffer.byteLength(raw) > replyBytesMax ? { fault: "lost-too-large" } : readReply(raw, secret);

/** One request. Throws only when nothing was sent, by a fault of ours. */
const attempt = async (caller: Caller, deadline: Deadline): Promise<Attempt> => {
  const { sdk, endpoint, model, request, replyBytesMax = REPLY_BYTES_MAX } = caller;
  const secret = secretOf(endpoint);
  const trace = startTrace();
  try {
    const client = openClient(sdk, { endpoint, trace, replyBytesMax });
    const options = { signal: deadline.signal, timeout: Math.max(1, Math.ceil(deadline.leftMs())) };
    const response = await client.messages.create(toWireRequest(model, request, sdk), options).asResponse();
    const requestId = readRequestId(response.headers, secret);
    const reading = readText(await response.text(), { secret, replyBytesMax });
    return "reply" in reading
      ? { reply: reading.reply, requestId }
      : { fault: reading.fault, quote: null, retryAfterMs: null, requestId };
  } catch (error) {
    const failure = toCallFailure(error, { trace, isExpired: deadline.isOver(), now: Date.now() });
    if (failure === null) throw error;
    const { fault, body, headers, retryAfterMs } = failure;
    return { fault, quote: quoteVendor(body, secret), retryAfterMs, requestId: readRequestId(headers, secret) };
  }
};

const toOutcome = (made: Attempt, tries: number, latencyMs: number): ModelOutcome => {
  const facts = { requestId: made.requestId, tries, latencyMs };
  if ("reply" in made) return { outcome: "replied", reply: made.reply, ...facts };
  const { fault, quote } = made;
  const reason = describeModelFault(fault, quote);
  return isRefusedFault(fault)
    ? { outcome: "refused", fault, reason, ...facts }
    : { outcome: "lost", fault, reason, ...facts };
};

/** How long to wait for one more try; null: there is none, or no time for it. */
const nextTryMs = (made: Attempt, tries: number, deadline: Deadline): number | null => {
  if ("reply" in made || made.retryAfterMs === null || tries >= TRIES_MAX) return null;
  const leastMs = Math.max(CALL_MS_MIN, deadline.withinMs * CALL_SHARE_MIN);
  return made.retryAfterMs + leastMs <= deadline.leftMs() ? made.retryAfterMs : null;
};

const ask = async (caller: Caller, deadline: Deadline): Promise<ModelOutcome> => {
  if (deadline.isOver()) {
    return toOutcome({ fault: "refused-no-time", quote: null, retryAfterMs: null, requestId: null }, 0, 0);
  }
  for (let tries = 1; ; tries += 1) {
    const made = await attempt(caller, deadline);
    const waitMs = nextTryMs(made, tries, deadline);
    if (waitMs === null) return toOutcome(made, tries, deadline.spentMs());
    await deadline.wait(waitMs);
  }
};

/**
 * A model behind an endpoint of Anthropic's Messages API, through its SDK. Throws RangeError for an invalid address or
 * key.
 */
export const createMessagesModel = (options: MessagesModelOptions) => {
  const endpoint = readEndpoint(options.endpoint);
  return {
    ask: async (request: ModelRequest, withinMs: number): Promise<ModelOutcome> => {
      const sdk = await loadModelSdk();
      const deadline = startDeadline(withinMs);
      try {
        return await ask({ ...options, endpoint, sdk, request }, deadline);
      } finally {
        deadline.end();
      }
    },
  };
};
