/** The longest quotation, in characters as readers count them. */
const QUOTED_MAX = 160;

/** Control, zero-width, bidirectional, tag and variation characters: what can hide words, or turn them round. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\uFE00-\uFE0F\u{E0000}-\u{E0FFF}]/gu;
const TAG = /<[^<>]{0,200}>/g;
const ADDRESS = /(?:https?:\/\/|www\.)\S*/giu;
/** What frames, fences and markers of a prompt are made of. */
const MARKUP = /[<>`{}[\]|\\]/g;
const SPACE = /\s+/gu;

/** The beginning of a text, in whole characters. */
export const cutText = (text: string, most: number): string => {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
};

/** Text of others as one line that shows all that it says: no hidden characters, addresses and markup, and NFKC. */
export const plainText = (text: string, most: number): string => {
  const visible = text.normalize("NFKC").replace(SPACE, " ").replace(HIDDEN, "");
  const plain = visible.replace(TAG, " ").replace(ADDRESS, " ").replace(MARKUP, " ").replace(SPACE, " ").trim();
  return cutText(plain, most);
};

/**
 * Text from outside as it may stand in a prompt: one short line in quotes, in one form of each character (NFKC), without
 * hidden characters, addresses and markup. It may still say anything: what keeps a bot safe is the check of the answer.
 */
export const quoteText = (text: string, most = QUOTED_MAX): string => JSON.stringify(plainText(text, most));
