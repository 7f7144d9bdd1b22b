"use client";

import { useState } from "react";
import { newDraft, toCreateBot, withValue, type Draft } from "~/components/bot-form/draft";
import { findTextFaults } from "~/components/bot-form/find-text-faults";
import { FormProvider, type BotForm } from "~/components/bot-form/form-context";
import { FormSections } from "~/components/bot-form/form-sections";
import { FormSummary } from "~/components/bot-form/form-summary";
import { LivePanel } from "~/components/bot-form/live-panel";
import { MatchingSection } from "~/components/bot-form/matching-section";
import { MoneySection } from "~/components/bot-form/money-section";
import { StartSection } from "~/components/bot-form/start-section";
import { makeKey, useDraft } from "~/components/bot-form/use-draft";
import { issuesOf, sayJson, useMeaning } from "~/components/bot-form/use-meaning";
import { useSubmit } from "~/components/bot-form/use-submit";
import type { BotChoices, BotTemplate } from "~/contracts/new-bot";
import type { SettingIssue } from "~/trading/preview/read-settings";
import { CreatePanel } from "./create-panel";
import { useCreateBot } from "./use-create-bot";

export type NewBotFormProps = {
  readonly choices: BotChoices;
  /** What a new form begins with. */
  readonly start: string;
  readonly template: BotTemplate;
  /** Names the user, so that a shared browser keeps each one's draft apart. */
  readonly owner: string;
};

const NOT_YET = "The bot is not created yet. Correct these entries:";

/** The whole form of a new bot. Complete from the start: only "Create bot" is needed. */
export const NewBotForm = ({ choices, start, template, owner }: NewBotFormProps) => {
  const begin = (): Draft => newDraft(makeKey(), start, template);
  const { draft, change, drop } = useDraft(owner, begin);
  const create = useCreateBot(drop);
  const [isStarting, setStarting] = useState(false);
  const { venue, preview, hasFailed, readNow, ...meaning } = useMeaning(draft, choices);
  const faultsOf = (issues: readonly SettingIssue[]) => [...findTextFaults(draft, choices), ...sayJson(issues, draft)];
  const own = faultsOf(meaning.issues);
  const send = (): void => {
    const wanted = toCreateBot(draft, choices);
    if (wanted && !create.isPending && !isStarting) create.send(wanted);
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
  return (
    <FormProvider value={form}>
      <form
        noValidate
        onSubmit={(event) => void submit(event)}
        className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_23rem]"
      >
        <div className="grid min-w-0 gap-4">
          <FormSummary title={title} issues={issues} tries={tries} />
          {venue && (
            <FormSections venue={venue} end={<MatchingSection key={`matching ${draft.start}`} />}>
              <StartSection onWait={setStarting} />
              <MoneySection />
            </FormSections>
          )}
        </div>
        <LivePanel preview={preview} hasFailed={hasFailed}>
          <CreatePanel
            isPending={create.isPending || isReading}
            isStarting={isStarting}
            botsLeft={choices.botsLeft}
            onStartOver={startOver}
          />
        </LivePanel>
      </form>
    </FormProvider>
  );
};
