"use client";

import { useQuery } from "@tanstack/react-query";
import { completeSettings, editDraft, withValue, type Draft } from "~/components/bot-form/draft";
import { FormProvider, type BotForm } from "~/components/bot-form/form-context";
import { FormSections } from "~/components/bot-form/form-sections";
import { FormSummary } from "~/components/bot-form/form-summary";
import { LivePanel } from "~/components/bot-form/live-panel";
import { makeKey, useDraft } from "~/components/bot-form/use-draft";
import { issuesOf, sayJson, useMeaning } from "~/components/bot-form/use-meaning";
import { useSubmit } from "~/components/bot-form/use-submit";
import type { EditableBot } from "~/contracts/edit-bot";
import type { BotChoices } from "~/contracts/new-bot";
import type { SettingIssue } from "~/trading/preview/read-settings";
import { useTRPC } from "~/trpc/react";
import { EditPanel } from "./edit-panel";
import { KeptPositions } from "./kept-positions";
import { NameSection } from "./name-section";
import { PastQuestions } from "./past-questions";
import { useSaveBot } from "./use-save-bot";

export type EditBotFormProps = {
  /** The bot as the form begins. */
  readonly bot: EditableBot;
  readonly choices: BotChoices;
  /** Names the user, so that a shared browser keeps each one's draft apart. */
  readonly owner: string;
};

const NOT_YET = "The bot is not changed yet. Correct these entries:";

const nameFaults = ({ name }: Draft): SettingIssue[] =>
  name.trim() === "" ? [{ path: "name", message: "Enter a name." }] : [];

/** The bot as it is now: another page may have saved it since the form began. */
const useNow = (bot: EditableBot): EditableBot => {
  const trpc = useTRPC();
  return useQuery({ ...trpc.bots.editable.queryOptions({ botId: bot.botId }), initialData: bot }).data;
};

/** The whole form of a bot that is there, with what differs from the version that runs. */
export const EditBotForm = ({ bot, choices, owner }: EditBotFormProps) => {
  const now = useNow(bot);
  const begin = (): Draft => editDraft(makeKey(), bot);
  const { draft, change, drop } = useDraft(`${owner}:${bot.botId}:${bot.version}`, begin);
  const save = useSaveBot(bot.botId, drop);
  const { venue, preview, hasFailed, readNow, ...meaning } = useMeaning(draft, choices);
  const faultsOf = (issues: readonly SettingIssue[]) => [...nameFaults(draft), ...sayJson(issues, draft)];
  const own = faultsOf(meaning.issues);
  const send = (): void => {
    if (save.isPending) return;
    const { key, name } = draft;
    const wanted = { key, botId: bot.botId, basedOn: bot.version, settings: completeSettings(draft, venue) };
    // A name that nobody changed here stays as another page may have changed it.
    save.send(name.trim() === bot.name ? wanted : { ...wanted, name });
  };
  const { tries, isReading, submit, forget } = useSubmit(send, async () => faultsOf(issuesOf(await readNow())));
  const issues = [...own, ...save.issues];
  const changeDraft: BotForm["change"] = (next) => {
    save.forget();
    change(next);
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
  const startOver = (): void => {
    forget();
    changeDraft(begin);
  };
  const title = save.message ?? (tries > 0 && own.length > 0 ? NOT_YET : null);
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
            <FormSections venue={venue} afterMode={<PastQuestions botId={bot.botId} />}>
              <NameSection bot={bot} />
              <KeptPositions bot={now} />
            </FormSections>
          )}
        </div>
        <LivePanel preview={preview} hasFailed={hasFailed}>
          <EditPanel bot={bot} now={now} isPending={save.isPending || isReading} onStartOver={startOver} />
        </LivePanel>
      </form>
    </FormProvider>
  );
};
