/**
 * What the API sends, field by field and in the order of its documentation, with words of ours: "Streaming messages",
 * "Extended thinking", "Tool use", "Prompt caching", "Handling stop reasons" and "Errors" of platform.claude.com/docs,
 * read on 2026-11-28, and recordings of claude-haiku-4-5 and claude-opus-4-7 that others published.
 */

const usage = {
  input_tokens: 849,
  cache_creation_input_tokens: 2048,
  cache_read_input_tokens: 0,
  cache_creation: { ephemeral_5m_input_tokens: 2048, ephemeral_1h_input_tokens: 0 },
  output_tokens: 187,
  output_tokens_details: { thinking_tokens: 61 },
  service_tier: "standard",
  inference_geo: "global",
};

const tool = { type: "tool_use", id: "toolu_01A", name: "submit", input: {}, caller: { type: "direct" } };

/** A reply that thought first and called a tool, with a prompt that was written to the cache. */
export const THOUGHT_AND_CALLED = {
  id: "msg_01A",
  type: "message",
  role: "assistant",
  model: "claude-haiku-5-5",
  content: [
    { type: "thinking", thinking: "The close is above.", signature: "EqQBCgIYAhIM" },
    { ...tool, input: { decisions: [] } },
  ],
  stop_reason: "tool_use",
  stop_sequence: null,
  stop_details: null,
  usage,
} as const;

const { content: _content, stop_reason: _reason, usage: _usage, ...begun } = THOUGHT_AND_CALLED;
const { output_tokens_details: _details, ...usageSoFar } = usage;

/** The same as a stream. */
export const STREAMED = [
  {
    type: "message_start",
    message: { ...begun, content: [], stop_reason: null, usage: { ...usageSoFar, output_tokens: 1 } },
  },
  { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "", signature: "" } },
  { type: "ping" },
  { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "The close is above." } },
  { type: "content_block_delta", index: 0, delta: { type: "signature_delta", signature: "EqQBCgIYAhIM" } },
  { type: "content_block_stop", index: 0 },
  { type: "content_block_start", index: 1, content_block: tool },
  { type: "content_block_delta", index: 1, delta: { type: "input_json_delta", partial_json: "" } },
  { type: "content_block_delta", index: 1, delta: { type: "input_json_delta", partial_json: '{"decisions": []}' } },
  { type: "content_block_stop", index: 1 },
  {
    type: "message_delta",
    delta: { stop_reason: "tool_use", stop_sequence: null, stop_details: null },
    usage: {
      input_tokens: 849,
      cache_creation_input_tokens: 2048,
      cache_read_input_tokens: 0,
      output_tokens: 187,
      output_tokens_details: { thinking_tokens: 61 },
    },
  },
  { type: "message_stop" },
] as const;

/** A model that declined. */
export const REFUSED = {
  ...THOUGHT_AND_CALLED,
  content: [],
  stop_reason: "refusal",
  stop_details: { type: "refusal", category: null, explanation: "This request was declined." },
} as const;

/** The body of an error; its status is told by HTTP. */
export const OVERLOADED = {
  type: "error",
  error: { type: "overloaded_error", message: "Overloaded" },
  request_id: "req_01A",
} as const;

/** What counting tokens answers. */
export const COUNTED = { input_tokens: 2095 } as const;
