const QUOTE_LENGTH_MAX = 200;
/** So much of a key is already a secret; what vendors print of one is often its last letters. */
const KEY_PART = 6;

const messageOf = (body: unknown): string => {
  if (typeof body === "string") return body;
  if (typeof body !== "object" || body === null) return "";
  const error: unknown = "error" in body ? body.error : body;
  if (typeof error === "string") return error;
  const message: unknown = typeof error === "object" && error !== null && "message" in error ? error.message : "";
  return typeof message === "string" ? message : "";
};

const showsPartOf = (secret: string, text: string): boolean => {
  const [hidden, shown] = [secret.toLowerCase(), text.toLowerCase()];
  const starts = Array.from({ length: hidden.length - KEY_PART + 1 }, (_, start) => start);
  return starts.some((start) => shown.includes(hidden.slice(start, start + KEY_PART)));
};

/** What an error's body says, in one short line; null where it is a page, or shows a part of the key. */
export const quoteVendor = (body: unknown, secret: string | null): string | null => {
  const text = messageOf(body)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, " ")
    .trim();
  if (text === "" || text.startsWith("<")) return null;
  if (secret !== null && showsPartOf(secret, text)) return null;
  // In whole characters: a half of one is stored nowhere.
  const characters = Array.from(text);
  return characters.length > QUOTE_LENGTH_MAX ? `${characters.slice(0, QUOTE_LENGTH_MAX).join("")}…` : text;
};
