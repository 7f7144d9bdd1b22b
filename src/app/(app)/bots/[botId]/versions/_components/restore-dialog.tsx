"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeEndedByChange } from "~/components/steering/ended-by-change";
import { ChangeList } from "~/components/trading/change-list";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import type { SettingsVersion, SettingsVersions } from "~/contracts/edit-bot";
import { errorWords } from "~/trpc/error-words";
import { useTRPC } from "~/trpc/react";

type RestoreDialogProps = {
  readonly versions: SettingsVersions;
  readonly item: SettingsVersion;
  readonly onClose: () => void;
};

/** Shows what an old version changes of the present one, and makes it the next. */
export const RestoreDialog = ({ versions, item, onClose }: RestoreDialogProps) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // As they are when it is asked: what another page saves meanwhile is refused, and not overwritten unseen.
  const [{ key, basedOn, changes }] = useState(() => ({
    key: uuidv7(),
    basedOn: versions.present,
    changes: item.ifRestored ?? [],
  }));
  const { botId } = versions;
  const ends = describeEndedByChange("Restoring it", versions.proposals);
  const restore = useMutation(
    trpc.bots.restore.mutationOptions({
      onSuccess: async () => {
        onClose();
        await queryClient.invalidateQueries();
      },
    }),
  );
  return (
    <ConfirmDialog
      title={`Restore version ${item.version}`}
      confirm="Restore"
      isPending={restore.isPending}
      error={errorWords(restore.error)}
      onConfirm={() => restore.mutate({ key, botId, basedOn, version: item.version })}
      onClose={onClose}
    >
      <p>
        It becomes the next version, in force from the next cycle on. Open positions keep the exits of the version that
        opened them. It changes of version {basedOn}:
      </p>
      <ChangeList changes={changes} />
      {ends !== null && <p className="text-warn">{ends}</p>}
    </ConfirmDialog>
  );
};
