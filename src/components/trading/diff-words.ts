/** A stretch of a text that both versions have, or one of them alone. */
export type Stretch = { readonly kind: "same" | "removed" | "added"; readonly text: string };

/** Words with the space after them; a line feed is one by itself, so that lines are kept. */
const WORD = /\n|[^\S\n]+|\S+[^\S\n]*/g;
/** Of each: beyond it all of the text is one stretch, since every pair of words is looked at. */
const WORDS_MAX = 1000;

const wordsOf = (text: string): readonly string[] => text.match(WORD) ?? [];

/** Lengths of the longest common part of what follows each pair of places. */
const commonLengths = (before: readonly string[], after: readonly string[]): Uint16Array[] => {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let one = before.length - 1; one >= 0; one -= 1) {
    for (let other = after.length - 1; other >= 0; other -= 1) {
      const [here, below] = [rows[one] as Uint16Array, rows[one + 1] as Uint16Array];
      here[other] =
        before[one] === after[other] ? (below[other + 1] ?? 0) + 1 : Math.max(below[other] ?? 0, here[other + 1] ?? 0);
    }
  }
  return rows;
};

const joined = (parts: readonly Stretch[]): Stretch[] =>
  parts.reduce<Stretch[]>((all, part) => {
    const last = all.at(-1);
    return last?.kind === part.kind ? [...all.slice(0, -1), { ...last, text: last.text + part.text }] : [...all, part];
  }, []);

type Place = { readonly one: number; readonly other: number };
type Texts = { readonly old: readonly string[]; readonly now: readonly string[]; readonly lengths: Uint16Array[] };

/** The word at a place, and whether it is left behind, new or in both. Null: both texts have ended. */
const stretchAt = ({ old, now, lengths }: Texts, { one, other }: Place): Stretch | null => {
  const [removed, added] = [old[one], now[other]];
  if (added === undefined) return removed === undefined ? null : { kind: "removed", text: removed };
  if (removed === undefined) return { kind: "added", text: added };
  if (removed === added) return { kind: "same", text: added };
  const [without, before] = [lengths[one + 1]?.[other] ?? 0, lengths[one]?.[other + 1] ?? 0];
  return without >= before ? { kind: "removed", text: removed } : { kind: "added", text: added };
};

/** How one text became another, word by word: what was removed stands before what was added in its place. */
export const diffWords = (before: string, after: string): Stretch[] => {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  if (Math.max(old.length, now.length) > WORDS_MAX) {
    return [
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ];
  }
  const texts = { old, now, lengths: commonLengths(old, now) };
  const parts: Stretch[] = [];
  let place: Place = { one: 0, other: 0 };
  for (let part = stretchAt(texts, place); part !== null; part = stretchAt(texts, place)) {
    parts.push(part);
    const { kind } = part;
    place = {
      one: place.one + (kind === "added" ? 0 : 1),
      other: place.other + (kind === "removed" ? 0 : 1),
    };
  }
  return joined(parts);
};
