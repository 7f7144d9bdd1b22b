import { createHash } from "node:crypto";
import { countTokens, type MessageUsage } from "./message-body";
import type { AskedMessage } from "./asked-message";
import type { VendorProfile } from "./vendor-profile";

const KEPT_MS = 300_000;
/** Shorter beginnings are not kept. */
const KEPT_TOKENS_MIN = 512;

export type PromptUsage = Pick<
  MessageUsage,
  "input_tokens" | "cache_creation_input_tokens" | "cache_read_input_tokens" | "cache_creation"
>;

/** What kept itself: the whole of what comes before the user's words. */
const prefixOf = ({ cache }: VendorProfile, { keptPrefix, system, tools }: AskedMessage): string | null => {
  if (cache === "none") return null;
  return cache === "told" ? keptPrefix : JSON.stringify([tools, system]);
};

/** Of the whole prompt, kept or not. */
export const countPromptTokens = ({ tools, system, blocks }: AskedMessage): number =>
  countTokens(JSON.stringify([tools, system])) + countTokens(blocks.join("\n"));

/**
 * Counts the tokens of prompts as a vendor bills them: a kept beginning is written once, then read for five minutes since
 * its last use. `now` in ms.
 */
export const createPromptCache = (profile: VendorProfile, now: () => number) => {
  const keptUntil = new Map<string, number>();
  const isKept = (text: string): boolean => {
    const key = createHash("sha256").update(text).digest("base64");
    for (const [old, until] of keptUntil) if (until <= now()) keptUntil.delete(old);
    const isThere = keptUntil.has(key);
    keptUntil.set(key, now() + KEPT_MS);
    return isThere;
  };
  return {
    count: (asked: AskedMessage): PromptUsage => {
      const prefix = prefixOf(profile, asked);
      const all = countPromptTokens(asked);
      const kept = prefix === null ? 0 : Math.min(countTokens(prefix), all);
      if (prefix === null || kept < KEPT_TOKENS_MIN) return usageOf(profile, { input: all, read: 0, written: 0 });
      const isRead = isKept(`${asked.servedBy} ${prefix}`);
      const isWritten = !isRead && profile.cache === "told";
      const counted = isRead || isWritten ? kept : 0;
      return usageOf(profile, {
        input: all - counted,
        read: isRead ? kept : 0,
        written: isWritten ? kept : 0,
      });
    },
  };
};

type Counted = { readonly input: number; readonly read: number; readonly written: number };

const usageOf = ({ cache }: VendorProfile, { input, read, written }: Counted): PromptUsage => ({
  input_tokens: input,
  cache_read_input_tokens: cache === "none" ? null : read,
  cache_creation_input_tokens: cache === "told" ? written : null,
  cache_creation: cache === "told" ? { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0 } : null,
});
