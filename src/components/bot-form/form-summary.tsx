"use client";

import type { SettingIssue } from "~/trading/preview/read-settings";
import { ErrorSummary } from "./error-summary";
import { toFormFault } from "./field-names";
import { useBotForm } from "./form-context";

type Faults = { readonly title: string | null; readonly issues: readonly SettingIssue[]; readonly tries: number };

/** What keeps the form from being sent, if it was tried. */
export const FormSummary = ({ title, issues, tries }: Faults) => {
  const { draft, choices } = useBotForm();
  if (title === null) return null;
  const faults = issues.map((issue) => toFormFault(issue, draft.settings["mode"], choices));
  return <ErrorSummary title={title} tries={tries} faults={faults} />;
};
