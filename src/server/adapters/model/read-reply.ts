import { z } from "zod";
import type { ModelReply } from "~/trading/model/model-call";
import type { LostFault } from "~/trading/model/model-fault";
import type { TokenUsage } from "~/trading/model/token-usage";

/** No prompt has more, and no column: a larger count is no count. */
const TOKENS_MAX = 2_147_483_647;
const tokens = z.int().min(0).max(TOKENS_MAX);
/** A vendor that has no cache says nothing of it, and counts the whole prompt as input. */
const cacheTokens = tokens.nullish().transform((count) => count ?? 0);

const usageSchema = z
  .object({
    input_tokens: tokens,
    output_tokens: tokens,
    cache_read_input_tokens: cacheTokens,
    cache_creation_input_tokens: cacheTokens,
  })
  .transform((usage): TokenUsage => ({
    inputTokens: usage.input_tokens,
    cacheReadTokens: usage.cache_read_input_tokens,
    cacheWriteTokens: usage.cache_creation_input_tokens,
    outputTokens: usage.output_tokens,
  }));

const messageSchema = z.object({
  type: z.literal("message"),
  model: z.string(),
  content: z.array(z.object({ type: z.string() }).loose()),
  stop_reason: z
    .string()
    .nullish()
    .transform((reason) => reason ?? null),
  usage: z.unknown().optional(),
});

type Json = { readonly value: unknown; readonly again: string };

/** null: no JSON, or nested so deeply that nobody could write it again. */
const readJson = (text: string): Json | null => {
  try {
    const value: unknown = JSON.parse(text);
    return { value, again: JSON.stringify(value) };
  } catch {
    return null;
  }
};

/** PostgreSQL keeps no text with this sign in it. A backslash that stands for itself does not begin one. */
const NUL = "\\u0000";
const BACKSLASH = "\\\\";
const hasNul = (again: string): boolean => again.replaceAll(BACKSLASH, "").includes(NUL);

export type ReplyReading = { readonly reply: ModelReply } | { readonly fault: LostFault };

/** The body of an answer with status 200. The raw text is kept, so one that shows the key is not read at all. */
export const readReply = (raw: string, secret: string | null): ReplyReading => {
  const json = readJson(raw);
  if (json === null) return { fault: raw.trimStart().startsWith("{") ? "lost-cut" : "lost-not-a-reply" };
  const { value, again } = json;
  // Whatever the escapes that the key is written with.
  if (secret !== null && (raw.includes(secret) || again.includes(secret))) return { fault: "lost-key-shown" };
  if (hasNul(again)) return { fault: "lost-not-a-reply" };
  const message = messageSchema.safeParse(value);
  if (!message.success) return { fault: "lost-not-a-reply" };
  const { model, stop_reason: stopReason, usage } = message.data;
  return {
    reply: {
      raw,
      stopReason,
      servedModel: model,
      usage: usageSchema.safeParse(usage).data ?? null,
    },
  };
};
