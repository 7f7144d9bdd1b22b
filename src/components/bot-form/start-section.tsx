"use client";

import { useEffect, useRef, useState } from "react";
import { Panel } from "~/components/ui/panel";
import { useTRPCClient } from "~/trpc/react";
import type { BotTemplate } from "~/contracts/new-bot";
import { CopyChoice, copiedBotOf } from "./copy-choice";
import { restart } from "./draft";
import { useBotForm } from "./form-context";

type StartProps = { readonly chosen: string; readonly onStart: (start: string) => void };

const PresetChoices = ({ chosen, onStart }: StartProps) => {
  const { choices } = useBotForm();
  return (
    <fieldset>
      <legend className="sr-only">Start</legend>
      <div className="grid gap-2 sm:grid-cols-2 2xl:grid-cols-3">
        {choices.presets.map(({ name, title, summary }) => (
          <label
            key={name}
            className="flex items-start gap-2 rounded-sm border border-line p-3 has-checked:border-accent has-checked:bg-raised"
          >
            <input
              type="radio"
              name="start"
              aria-label={title}
              className="mt-1 size-4 shrink-0 accent-accent"
              checked={chosen === name}
              onChange={() => onStart(name)}
            />
            <span className="min-w-0">
              <span className="block text-sm font-semibold">{title}</span>
              <span className="block text-sm text-muted">{summary}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};

/** Reads templates, those of the presets beforehand: a start that is chosen then replaces nothing that is typed after it. */
const useTemplates = () => {
  const { choices } = useBotForm();
  const api = useTRPCClient();
  const read = useRef(new Map<string, Promise<BotTemplate>>());
  const load = (start: string): Promise<BotTemplate> => {
    const known = read.current.get(start);
    if (known) return known;
    const botId = copiedBotOf(start);
    const template = api.bots.template.query(botId === null ? { from: "preset", name: start } : { from: "bot", botId });
    read.current.set(start, template);
    // A failure is tried again; a bot's settings may be others by then.
    template.then(
      () => botId !== null && read.current.delete(start),
      () => read.current.delete(start),
    );
    return template;
  };
  const loadPresets = useRef(() => choices.presets.forEach(({ name }) => void load(name).catch(() => undefined)));
  useEffect(() => loadPresets.current(), []);
  return load;
};

type Starts = { readonly onWait: (isWaiting: boolean) => void };

/** What starts are called: the presets, the bots that are listed, and whatever was begun with here. */
const useTitles = () => {
  const { choices } = useBotForm();
  const [begun, setBegun] = useState<Readonly<Record<string, string>>>({});
  const titleOf = (start: string): string => {
    const listed = choices.copies.bots.find(({ id }) => id === copiedBotOf(start))?.name;
    return begun[start] ?? choices.presets.find(({ name }) => name === start)?.title ?? listed ?? "";
  };
  return { titleOf, note: (start: string, title: string) => setBegun((before) => ({ ...before, [start]: title })) };
};

/** Begins with the template of a start; of several that were chosen quickly only the last counts. */
const useStarts = ({ onWait }: Starts) => {
  const { change } = useBotForm();
  const { titleOf, note } = useTitles();
  const load = useTemplates();
  const [wanted, setWanted] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const latest = useRef<string | null>(null);
  const begin = async (start: string): Promise<void> => {
    latest.current = start;
    setWanted(start);
    onWait(true);
    setError(null);
    try {
      const template = await load(start);
      if (latest.current !== start) return;
      note(start, template.title);
      change((before) => restart(before, start, { template, titleBefore: titleOf(before.start) }));
    } catch (fault) {
      setError(fault instanceof Error ? fault.message : "It could not be read.");
    }
    if (latest.current !== start) return;
    setWanted(null);
    onWait(false);
  };
  return { wanted, error, begin, titleOf };
};

/** What the settings begin with: a preset, or those of another bot. `onWait`: whether one that was chosen is not there yet. */
export const StartSection = ({ onWait }: Starts) => {
  const { draft } = useBotForm();
  const { wanted, error, begin, titleOf } = useStarts({ onWait });
  const chosen = wanted ?? draft.start;
  const onStart = (start: string): void => void (start !== chosen && begin(start));
  return (
    <Panel
      title="Start"
      note="Every setting below has a value by it already. Another start replaces them; name, money and pairs stay."
    >
      <PresetChoices chosen={chosen} onStart={onStart} />
      <CopyChoice chosen={chosen} title={titleOf(chosen)} onStart={onStart} />
      {error !== null && (
        <p role="alert" className="mt-2 text-sm text-loss">
          This start could not be read: {error}
        </p>
      )}
    </Panel>
  );
};
