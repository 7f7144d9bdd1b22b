"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import type { AccountProvider } from "~/contracts/model-account";
import { errorWords } from "~/trpc/error-words";
import { useTRPC } from "~/trpc/react";

type RemoveDialogProps = { readonly provider: AccountProvider; readonly onClose: () => void };

/** Forgets a key. Bots that ask by it hold from then on. */
export const RemoveDialog = ({ provider: { provider, title, key }, onClose }: RemoveDialogProps) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.models.removeKey.mutationOptions({
      onSuccess: async () => {
        onClose();
        await queryClient.invalidateQueries({ queryKey: trpc.models.account.queryKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      title={`Remove the key of ${title}`}
      confirm="Remove"
      isPending={remove.isPending}
      error={errorWords(remove.error)}
      onConfirm={() => remove.mutate({ provider })}
      onClose={onClose}
    >
      <p>
        The key{" "}
        {key !== null && key.hint !== "" && (
          <>
            that ends in <span className="figure">{key.hint}</span>{" "}
          </>
        )}
        is deleted here; at the provider it stays valid until you end it there. Bots that ask by it hold, and keep their
        stops and targets.
      </p>
    </ConfirmDialog>
  );
};
