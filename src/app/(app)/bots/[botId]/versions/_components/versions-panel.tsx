"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { ChangeList } from "~/components/trading/change-list";
import { Age } from "~/components/ui/age";
import { Badge } from "~/components/ui/badge";
import { Panel } from "~/components/ui/panel";
import { ErrorState } from "~/components/ui/states";
import type { SettingsVersion, SettingsVersions } from "~/contracts/edit-bot";
import { useTRPC } from "~/trpc/react";
import { RestoreDialog } from "./restore-dialog";

const authorOf = ({ author, restoredFrom }: SettingsVersion): string => {
  const by = author === null ? "by an earlier release, which kept no author" : `by ${author}`;
  return restoredFrom === null ? by : `${by}, restored from version ${restoredFrom}`;
};

const Changes = ({ version, changes }: SettingsVersion) => {
  if (version === 1) return <p className="text-sm text-muted">What the bot began with.</p>;
  if (changes === null) return <p className="text-sm text-muted">Unknown: this release cannot read it.</p>;
  return <ChangeList changes={changes} />;
};

type ItemProps = {
  readonly item: SettingsVersion;
  readonly present: number;
  readonly canRestore: boolean;
  readonly onRestore: () => void;
};

const VersionItem = ({ item, present, canRestore, onRestore }: ItemProps) => (
  <li>
    <Panel
      title={`Version ${item.version}`}
      note={
        <>
          <Age since={item.writtenAt} /> {authorOf(item)}
        </>
      }
      actions={
        item.version === present ? (
          <Badge tone="accent">In force</Badge>
        ) : (
          <button
            type="button"
            className="button"
            disabled={!canRestore || item.ifRestored === null || item.ifRestored.length === 0}
            onClick={onRestore}
          >
            Restore version {item.version}
          </button>
        )
      }
    >
      <Changes {...item} />
    </Panel>
  </li>
);

type VersionsPanelProps = { readonly initial: SettingsVersions; readonly before: number | undefined };

/** Versions of a bot's settings, newest first. Follows live. */
export const VersionsPanel = ({ initial, before }: VersionsPanelProps) => {
  const trpc = useTRPC();
  const { botId } = initial;
  const input = { botId, ...(before !== undefined && { before }) };
  const { data, isError, refetch } = useQuery({ ...trpc.bots.versions.queryOptions(input), initialData: initial });
  const [asked, setAsked] = useState<SettingsVersion | null>(null);
  return (
    <>
      {isError && <ErrorState title="The versions could not be refreshed." onRetry={() => void refetch()} />}
      <ol className="grid gap-4">
        {data.items.map((item) => (
          <VersionItem
            key={item.version}
            item={item}
            present={data.present}
            canRestore={!data.isArchived}
            onRestore={() => setAsked(item)}
          />
        ))}
      </ol>
      {data.next !== null && (
        <Link href={`/bots/${botId}/versions?before=${data.next}`} className="button mt-4">
          Older versions
        </Link>
      )}
      {asked !== null && <RestoreDialog versions={data} item={asked} onClose={() => setAsked(null)} />}
    </>
  );
};
