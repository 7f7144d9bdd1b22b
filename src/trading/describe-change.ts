import type { BotSettings } from "./bot-settings";
import { changedLines, type SettingChange } from "./changed-lines";
import { describeSettings } from "./describe-settings";

/** Keys in one order: the database keeps no order of them. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** Whether two settings say the same, in whatever order. */
export const areSameSettings = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder);

/** What differs between two settings in words; what no line names is told too. */
export const describeChange = (before: BotSettings, after: BotSettings): SettingChange[] => {
  const changes = changedLines(describeSettings(before), describeSettings(after));
  if (changes.length > 0 || areSameSettings(before, after)) return changes;
  return [{ section: "Details", label: "Details", before: null, after: "Changed in what no line above names" }];
};
