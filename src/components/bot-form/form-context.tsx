"use client";

import { createContext, useContext } from "react";
import type { BotChoices } from "~/contracts/new-bot";
import type { SettingIssue } from "~/trading/preview/read-settings";
import { valueAt, type Draft } from "./draft";
import type { Reading } from "./worker-messages";

type ValidReading = Extract<Reading, { isValid: true }>;

/** What every part of the form works with. */
export type BotForm = {
  readonly draft: Draft;
  readonly choices: BotChoices;
  readonly change: (change: (draft: Draft) => Draft) => void;
  /** Sets a setting by its path; undefined: it has its default again. */
  readonly set: (path: string, value: unknown) => void;
  /** The last valid reading, whose words stay while something else is corrected. */
  readonly reading: ValidReading | null;
  /** Whether that is of what stands in the form now: its amounts are only said then. */
  readonly isCurrent: boolean;
  readonly issues: readonly SettingIssue[];
};

const FormContext = createContext<BotForm | null>(null);
export const FormProvider = FormContext.Provider;

/** The form around a part. Throws outside of it. */
export const useBotForm = (): BotForm => {
  const form = useContext(FormContext);
  if (!form) throw new Error("a part of the form needs the form around it");
  return form;
};

/** The id of the field of a setting. */
export const fieldId = (path: string): string => `setting-${path.replaceAll(".", "-")}`;

/** A setting of the form: what is set, what it is by default, what it means, and what is wrong with it. */
export const useSetting = (path: string) => {
  const { draft, reading, isCurrent, issues, set } = useBotForm();
  return {
    value: valueAt(draft.settings, path),
    standard: valueAt(reading?.settings, path),
    inMoney: isCurrent ? (reading?.inMoney[path] ?? null) : null,
    issue: issues.find((issue) => issue.path === path) ?? null,
    set: (value: unknown) => set(path, value),
  };
};

/** A line of the settings in words, by its section and label; null: it has none now. */
export const useWords = (section: string | undefined, label: string | undefined): string | null => {
  const { reading } = useBotForm();
  const found = reading?.sections.find(({ title }) => title === section);
  return found?.lines.find((line) => line.label === label)?.text ?? null;
};
