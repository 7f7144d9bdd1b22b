import { createHash } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { readAskedMessage, type AskedMessage, type ReadRequest } from "./asked-message";
import { mayBePaid, type Behaviour } from "./behaviour";
import { composeMessage } from "./compose-message";
import { isObject } from "./json-value";
import { refusePath, type MessagesAnswer } from "./messages-answer";
import { playBehaviour, sendAnswer } from "./play-behaviour";
import { countPromptTokens, createPromptCache } from "./prompt-cache";
import { answerAsAsked } from "./choose-trader";
import type { ScriptedTrader } from "./scripted-trader";
import { VENDOR_PROFILES, type VendorName, type VendorProfile } from "./vendor-profile";

export type MessagesApiOptions = {
  readonly vendor?: VendorName;
  /** Keys that are accepted. None: any. */
  readonly keys?: readonly string[];
  readonly trader?: ScriptedTrader;
  /** How long a prompt's beginning is kept is told by it; ms. Default: a clock that stands still. */
  readonly now?: () => number;
  /** How many of the last requests are remembered. Default: all of them. */
  readonly rememberedMax?: number;
};

/** A request that came in. */
type SeenRequest = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As it was sent; null: no JSON. */
  readonly body: unknown;
  /** A model may have read it, so that a vendor may charge it. */
  readonly mayBePaid: boolean;
};

export type MessagesApi = {
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** The next requests are answered so, one after the other; then by good replies again. */
  script(...behaviours: readonly Behaviour[]): void;
  /** All that came in so far, as far as they are remembered. */
  requests(): readonly SeenRequest[];
};

const MESSAGES = "POST /v1/messages";
const COUNT_TOKENS = "POST /v1/messages/count_tokens";

const parseJson = (raw: string): unknown => {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
};

/** The same for the same request in the same place. */
const idOf = (raw: string, count: number): string =>
  createHash("sha256").update(`${count} ${raw}`).digest("hex").slice(0, 24);

/** A request to count has no length of its reply. */
const withLength = (body: unknown): unknown => (isObject(body) ? { max_tokens: 1, ...body } : body);

type Asking = ReadRequest & { readonly path: string };
type Reaction = { readonly answer: MessagesAnswer } | { readonly asked: AskedMessage };

/** Everything but a question that the model is to answer is answered at once. */
const react = ({ path, headers, body }: Asking, profile: VendorProfile, keys: readonly string[] | null): Reaction => {
  const isCount = path === COUNT_TOKENS && profile.countsTokens;
  if (path !== MESSAGES && !isCount) return { answer: refusePath() };
  const reading = readAskedMessage({ headers, body: isCount ? withLength(body) : body }, profile, keys);
  if ("refused" in reading) return { answer: reading.refused };
  if (!isCount) return reading;
  return { answer: { status: 200, headers: {}, body: { input_tokens: countPromptTokens(reading.asked) } } };
};

/**
 * Anthropic's Messages API, answered by a scripted trader that reads the prompt as a model would, with the faults of the
 * real one on demand.
 */
export const createMessagesApi = (options: MessagesApiOptions = {}): MessagesApi => {
  const profile = VENDOR_PROFILES[options.vendor ?? "anthropic"];
  const trader = options.trader ?? answerAsAsked;
  const cache = createPromptCache(profile, options.now ?? (() => 0));
  const rememberedMax = options.rememberedMax ?? Number.POSITIVE_INFINITY;
  const seen: SeenRequest[] = [];
  const script: Behaviour[] = [];
  let count = 0;

  const note = (request: SeenRequest): void => {
    seen.push(request);
    if (seen.length > rememberedMax) seen.shift();
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await text(request);
    const [path = ""] = (request.url ?? "").split("?", 1);
    const { headers, method } = request;
    const body = parseJson(raw);
    const id = idOf(raw, count);
    count += 1;
    response.setHeader("request-id", `req_${id}`);
    const reaction = react({ path: `${method} ${path}`, headers, body }, profile, options.keys ?? null);
    if ("answer" in reaction) {
      note({ path, headers, body, mayBePaid: false });
      return sendAnswer(response, reaction.answer);
    }
    const { asked } = reaction;
    const behaviour = script.shift() ?? { kind: "reply" };
    note({ path, headers, body, mayBePaid: mayBePaid(behaviour) });
    const compose = () => composeMessage({ asked, trader, id }, behaviour, cache.count(asked));
    return playBehaviour(response, behaviour, { compose, isStream: asked.isStream });
  };

  return {
    // A client that leaves amid its request ends the reading of it.
    answer: (request, response) => void answer(request, response).catch(() => response.destroy()),
    script: (...behaviours) => void script.push(...behaviours),
    requests: () => seen,
  };
};
