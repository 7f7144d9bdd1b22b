/**
 * What hides words, or turns them round: control and format characters (bidirectional, zero-width, tags), separators of
 * lines that are none, private and unassigned ones, variation selectors. Line feeds and tabs are what they look like.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\uFE00-\uFE0F\u{E0000}-\u{E0FFF}]/gu;
const HEX_DIGITS = 4;

const nameOf = (character: string): string =>
  `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(HEX_DIGITS, "0")}›`;

/** A foreign text with each character that nobody would see written out, so that it reads as it stands. */
export const showHidden = (text: string): string =>
  text
    .replaceAll("\r\n", "\n")
    .replace(HIDDEN, (character) => (character === "\n" || character === "\t" ? character : nameOf(character)));

/** Its beginning, of at most so many characters (UTF-16), and how many more there are. Cuts no character in two. */
export const cutText = (text: string, most: number): { readonly shown: string; readonly more: number } => {
  if (text.length <= most) return { shown: text, more: 0 };
  const isPair = /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(most));
  const end = isPair ? most - 1 : most;
  return { shown: text.slice(0, end), more: text.length - end };
};
