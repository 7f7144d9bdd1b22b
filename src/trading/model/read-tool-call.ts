/** A reply of the Messages API as far as it is acted on: anything may be in it. */
export type ReplyBody = { readonly stopReason: string | null; readonly content: readonly unknown[] };

/** `fault`: why the reply is not acted on, in words that the model may be asked anew by. */
export type ToolCallReading = { readonly input: unknown } | { readonly fault: string };

/** A map, since a reply may give any reason, also one that objects have a member of. */
const WHY_STOPPED: ReadonlyMap<string | null, string> = new Map([
  ["refusal", "the model refused to answer"],
  ["max_tokens", "the reply was cut: it is longer than it may be"],
  ["model_context_window_exceeded", "the reply was cut: prompt and reply are longer than the model can read"],
  ["pause_turn", "the model paused before it answered"],
]);
const IN_WORDS: ReadonlySet<string | null> = new Set(["end_turn", "stop_sequence"]);

const faultOfStop = (stopReason: string | null, tool: string): string =>
  IN_WORDS.has(stopReason)
    ? `the reply is prose: ${tool} was not called`
    : (WHY_STOPPED.get(stopReason) ?? "the reply ended for a reason that is not known");

type Block = Readonly<Record<string, unknown>>;
const isCall = (block: unknown): block is Block =>
  typeof block === "object" && block !== null && "type" in block && block.type === "tool_use";

/**
 * The input of the one call of `tool` that a reply must hold, which nobody has checked yet. Nothing else is acted on: no
 * words, no other tool, no second call, no reply that did not end by calling. What is beside that call is not read.
 */
export const readToolCall = ({ stopReason, content }: ReplyBody, tool: string): ToolCallReading => {
  if (stopReason !== "tool_use") return { fault: faultOfStop(stopReason, tool) };
  const [call, ...more] = content.filter(isCall).filter(({ name }) => name === tool);
  if (call === undefined) return { fault: `another tool than ${tool} was called` };
  return more.length > 0 ? { fault: `${tool} was called more than once` } : { input: call["input"] };
};
