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

/** What differs between two descriptions of settings, line by line, in the order in which settings are shown. */
export const changedLines = (before: readonly SettingSection[], after: readonly SettingSection[]): SettingChange[] => {
  const [old, now] = [linesOf(before), linesOf(after)];
  const keys = [...now.keys(), ...[...old.keys()].filter((key) => !now.has(key))];
  return keys.flatMap((key): SettingChange[] => {
    const [was, is] = [old.get(key), now.get(key)];
    const line = is ?? was;
    if (!line || was?.text === is?.text) return [];
    return [{ section: line.section, label: line.label, before: was?.text ?? null, after: is?.text ?? null }];
  });
};
