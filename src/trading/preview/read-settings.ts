import type { z } from "zod";
import { botSettingsSchema, type BotSettings } from "../bot-settings";
import { modeOf } from "../decision/decide";
import { describeSettings } from "../describe-settings";
import { NEWEST_MATCHING } from "../execution/matching";
import type { SettingSection } from "../setting-line";

/** What is wrong with a setting. `path` with dots, empty for the whole; the bounds are there where a number is beyond one. */
export type SettingIssue = {
  readonly path: string;
  readonly message: string;
  readonly least?: number;
  readonly most?: number;
  /** The bound itself is beyond it too. */
  readonly isExclusive?: true;
};

export type SettingsReading =
  | { readonly isValid: true; readonly settings: BotSettings; readonly sections: readonly SettingSection[] }
  | { readonly isValid: false; readonly issues: readonly SettingIssue[] };

const ISSUES_MAX = 30;

const boundsOf = (issue: z.core.$ZodIssue): Pick<SettingIssue, "least" | "most" | "isExclusive"> => {
  if ((issue.code !== "too_small" && issue.code !== "too_big") || issue.origin !== "number") return {};
  const bound = issue.code === "too_small" ? { least: Number(issue.minimum) } : { most: Number(issue.maximum) };
  return issue.inclusive === false ? { ...bound, isExclusive: true } : bound;
};

const toIssue = (issue: z.core.$ZodIssue): SettingIssue => ({
  path: issue.path.join("."),
  message: issue.message,
  ...boundsOf(issue),
});

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Settings of a new bot as a trader writes them, with everything that they leave out: valid, or what is wrong with them.
 * A new bot is matched by the newest version, unless its settings say otherwise.
 */
export const readNewSettings = (raw: unknown): SettingsReading => {
  const parsed = botSettingsSchema.safeParse(isFields(raw) ? { matching: NEWEST_MATCHING, ...raw } : raw);
  if (!parsed.success) return { isValid: false, issues: parsed.error.issues.slice(0, ISSUES_MAX).map(toIssue) };
  const { data: settings } = parsed;
  const faults = modeOf(settings).newFaults?.(settings.decision) ?? [];
  if (faults.length === 0) return { isValid: true, settings, sections: describeSettings(settings) };
  return {
    isValid: false,
    issues: faults.map(({ path, message }) => ({ path: ["decision", ...path].join("."), message })),
  };
};
