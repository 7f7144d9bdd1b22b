"use client";

import { useBotForm } from "~/components/bot-form/form-context";
import { describeEndedByChange } from "~/components/steering/ended-by-change";
import { ChangeList } from "~/components/trading/change-list";
import type { EditableBot } from "~/contracts/edit-bot";
import { changedLines, type SettingChange } from "~/trading/changed-lines";

type EditPanelProps = {
  /** As the form began, and as the bot is now. */
  readonly bot: EditableBot;
  readonly now: EditableBot;
  readonly isPending: boolean;
  readonly onStartOver: () => void;
};

/** What differs from the version that runs, in words; null: it cannot be read while something is wrong. */
const useChanges = (bot: EditableBot): SettingChange[] | null => {
  const { draft, reading, isCurrent } = useBotForm();
  if (!isCurrent || reading === null) return null;
  const renamed = draft.name.trim() === bot.name ? [] : [rename(bot.name, draft.name.trim())];
  return [...renamed, ...changedLines(bot.sections, reading.sections)];
};

const NAME = "Name";
const rename = (before: string, after: string): SettingChange => ({ section: NAME, label: NAME, before, after });

const Difference = ({ changes, version }: { readonly changes: SettingChange[] | null; readonly version: number }) => {
  if (changes === null) return <p className="text-sm text-muted">It is told once the entries can be read.</p>;
  if (changes.length === 0) return <p className="text-sm text-muted">Nothing differs from version {version}.</p>;
  return <ChangeList changes={changes} />;
};

/** The difference to the running version, and the button that makes it the next one. */
export const EditPanel = ({ bot, now, isPending, onStartOver }: EditPanelProps) => {
  const changes = useChanges(bot);
  const isOld = now.version !== bot.version;
  // A name ends nothing.
  const isOther = changes === null || changes.some(({ section }) => section !== NAME);
  const ends = isOther ? describeEndedByChange("Saving", now.proposals) : null;
  return (
    <section aria-label="Changes" className="rounded-md border border-line bg-panel px-4 py-3 xl:order-first">
      <h2 className="mb-2 text-base font-semibold">Changes to version {bot.version}</h2>
      <div className="mb-3">
        <Difference changes={changes} version={bot.version} />
      </div>
      {isOld && (
        <p role="status" className="mb-3 text-sm text-warn">
          Version {now.version} was saved meanwhile. Load the page anew to change that one.
        </p>
      )}
      {ends !== null && <p className="mb-3 text-sm text-warn">{ends}</p>}
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="button button-primary h-10 grow" disabled={isPending || changes?.length === 0}>
          {isPending ? "Saving…" : "Save changes"}
        </button>
        <button type="button" className="button h-10" onClick={onStartOver}>
          Start over
        </button>
      </div>
    </section>
  );
};
