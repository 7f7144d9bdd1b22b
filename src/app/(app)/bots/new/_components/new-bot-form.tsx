"use client";

import { useMemo, useState, type SubmitEvent } from "react";
import type { BotChoices, BotTemplate } from "~/contracts/new-bot";
import type { SettingIssue } from "~/trading/preview/read-settings";
import {
  allotmentOf,
  completeSettings,
  findJsonFault,
  newDraft,
  placeOf,
  toCreateBot,
  withValue,
  type Draft,
} from "./draft";
import { ErrorSummary } from "./error-summary";
import { toFormFault } from "./field-names";
import { findTextFaults } from "./find-text-faults";
import { FormProvider, useBotForm, type BotForm } from "./form-context";
import { FormSections } from "./form-sections";
import { LivePanel } from "./live-panel";
import { usePreview, useReading } from "./use-bot-worker";
import { useCreateBot } from "./use-create-bot";
import { makeKey, useDraft } from "./use-draft";
import { useKnownMarkets, usePreviewRequest } from "./use-known-markets";
import type { Reading } from "./worker-messages";

export type NewBotFormProps = {
  readonly choices: BotChoices;
  /** What a new form begins with. */
  readonly start: string;
  readonly template: BotTemplate;
  /** Names the user, so that a shared browser keeps each one's draft apart. */
  readonly owner: string;
};

type ValidReading = Extract<Reading, { isValid: true }>;

const issuesOf = (reading: Reading | "failed" | null): readonly SettingIssue[] =>
  reading === null || reading === "failed" || reading.isValid ? [] : reading.issues;

/** What the settings mean, read beside the page: the last valid reading stays while something is corrected. */
const useMeaning = (draft: Draft, choices: BotChoices) => {
  const { venue } = placeOf(draft, choices);
  const settings = useMemo(() => completeSettings(draft, venue), [draft, venue]);
  const markets = useKnownMarkets(venue, settings);
  const capital = allotmentOf(draft);
  const { reading: current, readNow } = useReading({ settings, capital, markets });
  const [valid, setValid] = useState<ValidReading | null>(null);
  if (current !== null && current !== "failed" && current.isValid && current !== valid) setValid(current);
  const isValid = current !== null && current !== "failed" && current.isValid;
  const wanted = useMemo(
    () =>
      isValid && valid !== null && valid.capital !== null
        ? { markets, timeframe: valid.timeframe, settings: valid.settings, capital: valid.capital }
        : null,
    [isValid, valid, markets],
  );
  const preview = usePreview(usePreviewRequest(wanted));
  const hasFailed = current === "failed";
  return { venue, reading: valid, isCurrent: isValid, issues: issuesOf(current), readNow, preview, hasFailed };
};

/** What no JSON is has no words of the core's: it saw text where rules should be. */
const sayJson = (issues: readonly SettingIssue[], { settings, rules }: Draft): readonly SettingIssue[] =>
  settings["mode"] === "custom" && findJsonFault(rules) !== null
    ? issues.map((issue) => (issue.path === "decision" ? { ...issue, message: "this is no JSON yet" } : issue))
    : issues;

type Faults = { readonly title: string | null; readonly issues: readonly SettingIssue[]; readonly tries: number };

const Summary = ({ title, issues, tries }: Faults) => {
  const { draft, choices } = useBotForm();
  if (title === null) return null;
  const faults = issues.map((issue) => toFormFault(issue, draft.settings["mode"], choices));
  return <ErrorSummary title={title} tries={tries} faults={faults} />;
};

/** Sends the form once it was read as it stands: what was typed last counts, and what is at fault is said here. */
const useSubmit = (send: () => void, findFaults: () => Promise<readonly SettingIssue[]>) => {
  const [tries, setTries] = useState(0);
  const [isReading, setReading] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (isReading) return;
    setReading(true);
    const faults = await findFaults();
    setReading(false);
    setTries((count) => count + 1);
    if (faults.length === 0) send();
  };
  return { tries, isReading, submit, forget: () => setTries(0) };
};

const NOT_YET = "The bot is not created yet. Correct these entries:";

/** The whole form of a new bot. Complete from the start: only "Create bot" is needed. */
export const NewBotForm = ({ choices, start, template, owner }: NewBotFormProps) => {
  const begin = (): Draft => newDraft(makeKey(), start, template);
  const { draft, change, drop } = useDraft(owner, begin);
  const create = useCreateBot(drop);
  const { venue, preview, hasFailed, readNow, ...meaning } = useMeaning(draft, choices);
  const faultsOf = (issues: readonly SettingIssue[]) => [...findTextFaults(draft, choices), ...sayJson(issues, draft)];
  const own = faultsOf(meaning.issues);
  const send = (): void => {
    const wanted = toCreateBot(draft, choices);
    if (wanted && !create.isPending) create.send(wanted);
  };
  const { tries, isReading, submit, forget } = useSubmit(send, async () => faultsOf(issuesOf(await readNow())));
  const issues = [...own, ...create.issues];
  const changeDraft: BotForm["change"] = (next) => {
    create.forget();
    change(next);
  };
  const startOver = (): void => {
    forget();
    changeDraft(begin);
  };
  const form: BotForm = {
    draft,
    choices,
    change: changeDraft,
    set: (path, value) => changeDraft((before) => ({ ...before, settings: withValue(before.settings, path, value) })),
    reading: meaning.reading,
    isCurrent: meaning.isCurrent,
    issues,
  };
  const title = create.message ?? (tries > 0 && own.length > 0 ? NOT_YET : null);
  const isPending = create.isPending || isReading;
  return (
    <FormProvider value={form}>
      <form
        noValidate
        onSubmit={(event) => void submit(event)}
        className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_23rem]"
      >
        <div className="grid min-w-0 gap-4">
          <Summary title={title} issues={issues} tries={tries} />
          {venue && <FormSections venue={venue} />}
        </div>
        <LivePanel {...{ preview, hasFailed, isPending }} botsLeft={choices.botsLeft} onStartOver={startOver} />
      </form>
    </FormProvider>
  );
};
