import type { ServerResponse } from "node:http";
import type { Behaviour } from "./behaviour";
import type { MessageBody } from "./message-body";
import type { MessagesAnswer } from "./messages-answer";
import { streamMessage } from "./stream-message";

const DRIP_MS = 20;
const PAGE = "<!doctype html><html><body><h1>Gateway</h1></body></html>";
const CHUNK = "x".repeat(65_536);

const json = (response: ServerResponse, status = 200): void => {
  response.writeHead(status, { "content-type": "application/json" });
};

/** A byte now and then, for as long as the client listens. */
const drip = (response: ServerResponse): void => {
  json(response);
  response.write('{"id":"msg_');
  const timer = setInterval(() => response.write("0"), DRIP_MS);
  response.once("close", () => clearInterval(timer));
};

/** A body without an end, as fast as it is taken. */
const pour = (response: ServerResponse): void => {
  json(response);
  response.write('{"id":"');
  const pourOn = (): void => {
    while (response.write(CHUNK));
  };
  response.on("drain", pourOn);
  pourOn();
};

/** An error says the name of its request in its body too. */
export const sendAnswer = (response: ServerResponse, { status, headers, body }: MessagesAnswer): void => {
  const named = "request_id" in body ? { ...body, request_id: response.getHeader("request-id") } : body;
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(named));
};

/** Faults of the connection and of what stands before the API; false: it is none of them. */
const playFault = (response: ServerResponse, { kind }: Behaviour, whole: string): boolean => {
  const half = whole.slice(0, Math.floor(whole.length / 2));
  const faults: Partial<Record<Behaviour["kind"], () => unknown>> = {
    silence: () => undefined,
    "dripping-body": () => drip(response),
    "endless-body": () => pour(response),
    reset: () => response.socket?.destroy(),
    page: () => response.writeHead(200, { "content-type": "text/html" }).end(PAGE),
    "other-json": () => {
      json(response);
      response.end('{"message":"You are over your rate limit"}');
    },
    "cut-json": () => {
      json(response);
      response.end(half);
    },
    "broken-body": () => {
      response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(whole) });
      response.write(half, () => response.destroy());
    },
  };
  const play = faults[kind];
  play?.();
  return play !== undefined;
};

/** Answers a request that was understood: with what `compose` makes, or with what `behaviour` makes of it. */
export const playBehaviour = (
  response: ServerResponse,
  behaviour: Behaviour,
  { compose, isStream }: { readonly compose: () => MessageBody; readonly isStream: boolean },
): void => {
  if ("answer" in behaviour) return sendAnswer(response, behaviour.answer);
  const message = compose();
  const { usage, ...unmetered } = message;
  const body = behaviour.kind === "no-usage" ? unmetered : { ...unmetered, usage };
  if (playFault(response, behaviour, JSON.stringify(body))) return undefined;
  if (isStream) return streamMessage(response, message, behaviour);
  return sendAnswer(response, { status: 200, headers: {}, body });
};
