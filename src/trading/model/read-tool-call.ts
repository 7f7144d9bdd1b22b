import type { ModelReply } from "./model-call";

export type ToolCallReading =
  { readonly outcome: "called"; readonly input: unknown } | { readonly outcome: "not-called"; readonly reason: string };

/** A map: a reply may name anything, also what every object has. */
const WHY_STOPPED: ReadonlyMap<string, string> = new Map([
  ["max_tokens", "The reply was cut at its greatest length."],
  ["model_context_window_exceeded", "The prompt is longer than the model can read."],
  ["refusal", "The model declined to answer."],
  ["pause_turn", "The model paused in the middle of its answer."],
]);

const notCalled = (reason: string): ToolCallReading => ({ outcome: "not-called", reason });

/**
 * The input of the one call of `tool` that a reply must be. Anything else is not acted on: words, another tool, several
 * calls, or a call of a reply that did not end by calling.
 */
export const readToolCall = ({ blocks, stopReason }: ModelReply, tool: string): ToolCallReading => {
  if (stopReason !== "tool_use") {
    return notCalled(WHY_STOPPED.get(stopReason ?? "") ?? "The model answered in words only.");
  }
  const calls = blocks.filter((block) => block.kind === "tool-call");
  const [call] = calls;
  if (call === undefined) return notCalled("The model says that it answered, but did not.");
  if (calls.length > 1) return notCalled("The model gave several answers at once.");
  if (call.name !== tool) return notCalled("The model used a tool that it was not given.");
  return { outcome: "called", input: call.input };
};
