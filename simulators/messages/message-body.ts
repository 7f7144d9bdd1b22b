/** A reply of the Messages API, field by field as its documentation has them; null is what the API says for "none". */
export type MessageBody = {
  readonly id: string;
  readonly type: "message";
  readonly role: "assistant";
  readonly model: string;
  readonly content: ContentBlock[];
  readonly stop_reason: StopReason | null;
  readonly stop_sequence: null;
  readonly stop_details: RefusalDetails | null;
  readonly container: null;
  readonly diagnostics: null;
  readonly usage: MessageUsage;
};

export type StopReason = "end_turn" | "max_tokens" | "tool_use" | "refusal";

type RefusalDetails = { readonly type: "refusal"; readonly category: null; readonly explanation: string };

export type ContentBlock =
  | { readonly type: "text"; readonly text: string; readonly citations: null }
  | { readonly type: "thinking"; readonly thinking: string; readonly signature: string }
  | {
      readonly type: "tool_use";
      readonly id: string;
      readonly name: string;
      readonly input: unknown;
      readonly caller: { readonly type: "direct" };
    };

export type MessageUsage = {
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Not part of input_tokens. */
  readonly cache_creation_input_tokens: number | null;
  readonly cache_read_input_tokens: number | null;
  readonly cache_creation: {
    readonly ephemeral_5m_input_tokens: number;
    readonly ephemeral_1h_input_tokens: number;
  } | null;
  readonly inference_geo: string | null;
  readonly output_tokens_details: { readonly thinking_tokens: number } | null;
  readonly server_tool_use: null;
  readonly service_tier: "standard" | null;
  readonly speed: "standard" | null;
};

export const textBlock = (text: string): ContentBlock => ({ type: "text", text, citations: null });

export const thinkingBlock = (thinking: string): ContentBlock => ({
  type: "thinking",
  thinking,
  signature: Buffer.from(thinking).toString("base64"),
});

export const toolBlock = (id: string, name: string, input: unknown): ContentBlock => ({
  type: "tool_use",
  id,
  name,
  input,
  caller: { type: "direct" },
});

const BYTES_PER_TOKEN = 4;

/** No tokenizer's count, but the same for the same text, and of its size. */
export const countTokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);

const textIn = (block: ContentBlock): string => {
  if (block.type === "text") return block.text;
  return block.type === "thinking" ? block.thinking : JSON.stringify(block.input);
};

export const countContentTokens = (content: readonly ContentBlock[]): number =>
  content.reduce((total, block) => total + countTokens(textIn(block)), 0);
