import type { ServerResponse } from "node:http";
import type { Behaviour } from "./behaviour";
import type { ContentBlock, MessageBody, MessageUsage } from "./message-body";

const PIECE_LENGTH = 25;

const piecesOf = (text: string): string[] =>
  Array.from({ length: Math.ceil(text.length / PIECE_LENGTH) }, (_, piece) =>
    text.slice(piece * PIECE_LENGTH, (piece + 1) * PIECE_LENGTH),
  );

type Delta =
  | { readonly type: "text_delta"; readonly text: string }
  | { readonly type: "thinking_delta"; readonly thinking: string }
  | { readonly type: "signature_delta"; readonly signature: string }
  | { readonly type: "input_json_delta"; readonly partial_json: string };

type End = Pick<MessageBody, "stop_reason" | "stop_sequence" | "stop_details" | "container">;

export type StreamEvent =
  | { readonly type: "message_start"; readonly message: MessageBody }
  | { readonly type: "content_block_start"; readonly index: number; readonly content_block: ContentBlock }
  | { readonly type: "content_block_delta"; readonly index: number; readonly delta: Delta }
  | { readonly type: "content_block_stop"; readonly index: number }
  | { readonly type: "message_delta"; readonly delta: End; readonly usage: MessageUsage }
  | { readonly type: "message_stop" };

/** Keeps the connection alive, or ends it: the SDK's types do not speak of them. */
type Aside = { readonly type: "ping" } | { readonly type: "error"; readonly error: object };

/** As it begins, and what then comes of it. */
const partsOf = (block: ContentBlock): { readonly start: ContentBlock; readonly deltas: readonly Delta[] } => {
  switch (block.type) {
    case "text":
      return {
        start: { ...block, text: "" },
        deltas: piecesOf(block.text).map((piece): Delta => ({ type: "text_delta", text: piece })),
      };
    case "thinking":
      return {
        start: { ...block, thinking: "", signature: "" },
        deltas: [
          ...piecesOf(block.thinking).map((thinking): Delta => ({
            type: "thinking_delta",
            thinking,
          })),
          { type: "signature_delta", signature: block.signature },
        ],
      };
    case "tool_use":
      return {
        start: { ...block, input: {} },
        // The first piece is empty, as the API's is.
        deltas: ["", ...piecesOf(JSON.stringify(block.input))].map((json): Delta => ({
          type: "input_json_delta",
          partial_json: json,
        })),
      };
  }
};

const eventsOfBlock = (block: ContentBlock, index: number): StreamEvent[] => {
  const { start, deltas } = partsOf(block);
  return [
    { type: "content_block_start", index, content_block: start },
    ...deltas.map((delta): StreamEvent => ({ type: "content_block_delta", index, delta })),
    { type: "content_block_stop", index },
  ];
};

/** A reply as the events that tell it piece by piece. */
const toEvents = (message: MessageBody): (StreamEvent | Aside)[] => {
  const { content, stop_reason, stop_sequence, stop_details, container, usage } = message;
  return [
    {
      type: "message_start",
      message: { ...message, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } },
    },
    { type: "ping" },
    ...content.flatMap(eventsOfBlock),
    { type: "message_delta", delta: { stop_reason, stop_sequence, stop_details, container }, usage },
    { type: "message_stop" },
  ];
};

const isEnd = ({ type }: StreamEvent | Aside): boolean => type === "message_delta" || type === "message_stop";
const OVERLOADED: Aside = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };

/** Sends a reply by server-sent events; two faults end it before it is whole. */
export const streamMessage = (response: ServerResponse, message: MessageBody, behaviour: Behaviour): void => {
  const isFaulty = behaviour.kind === "cut-stream" || behaviour.kind === "stream-error";
  const events = toEvents(message).filter((event) => !isFaulty || !isEnd(event));
  if (behaviour.kind === "stream-error") events.push(OVERLOADED);
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  const text = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
  if (behaviour.kind === "cut-stream") {
    response.write(text, () => response.destroy());
    return;
  }
  response.end(text);
};
