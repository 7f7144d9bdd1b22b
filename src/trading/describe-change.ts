import type { BotSettings } from "./bot-settings";
import { describeSettings } from "./describe-settings";
import type { SettingSection } from "./setting-line";

/** A setting that two versions have differently, in the words of each; null: one of them does not have it. */
export type SettingChange = {
  readonly section: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
};

type Line = { readonly section: string; readonly label: string; readonly text: string };

/** Labels that stand more than once in a section are told apart by their place. */
const linesOf = (sections: readonly SettingSection[]): Map<string, Line> => {
  const lines = new Map<string, Line>();
  for (const { title: section, lines: all } of sections) {
    for (const { label, text } of all) {
      const place = [...lines.values()].filter((line) => line.section === section && line.label === label).length;
      lines.set(`${section}\n${label}\n${place}`, { section, label, text });
    }
  }
  return lines;
};

/** Keys in one order: the database keeps no order of them. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** Whether two settings say the same, in whatever order. */
export const areSameSettings = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder);

/** What differs between two settings in words, line by line, in the order in which settings are shown. */
export const describeChange = (before: BotSettings, after: BotSettings): SettingChange[] => {
  const [old, now] = [linesOf(describeSettings(before)), linesOf(describeSettings(after))];
  const keys = [...now.keys(), ...[...old.keys()].filter((key) => !now.has(key))];
  const changes = keys.flatMap((key): SettingChange[] => {
    const [was, is] = [old.get(key), now.get(key)];
    const line = is ?? was;
    if (!line || was?.text === is?.text) return [];
    return [{ section: line.section, label: line.label, before: was?.text ?? null, after: is?.text ?? null }];
  });
  if (changes.length > 0 || areSameSettings(before, after)) return changes;
  return [{ section: "Details", label: "Details", before: null, after: "Changed in what no line above names" }];
};
