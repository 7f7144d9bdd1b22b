"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { formatUtc } from "~/components/format/format-time";
import { CopyButton } from "~/components/ui/copy-button";
import { Field } from "~/components/ui/field";
import { FormError } from "~/components/ui/form-error";
import { textOf, useSubmission } from "~/components/ui/use-submission";
import { INVITE_DAYS_MAX } from "~/contracts/people";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPC } from "~/trpc/react";

/** Makes an invitation, whose code is shown until the page is left. */
export const NewInvite = () => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useMutation(trpc.admin.createInvite.mutationOptions());
  const { error, isPending, onSubmit } = useSubmission({
    send: async (form) => {
      try {
        await create.mutateAsync({ days: Number(textOf(form, "days")) });
      } catch (failure) {
        return describeFailure(failure);
      }
      await queryClient.invalidateQueries({ queryKey: trpc.admin.invites.queryKey() });
      return null;
    },
  });
  return (
    <form method="post" onSubmit={onSubmit} className="grid gap-3 px-4 pb-3">
      <FormError id="invite-error" error={error} />
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-40">
          <Field label="Counts for, days" name="days" type="number" min={1} max={INVITE_DAYS_MAX} defaultValue={7} />
        </div>
        <button type="submit" className="button button-primary" disabled={isPending}>
          {isPending ? "Making it…" : "Make an invitation"}
        </button>
      </div>
      <div role="status" className="empty:hidden">
        {create.data && (
          <div className="grid gap-2 rounded-sm border border-gain px-3 py-2 text-sm">
            <p>
              This code is shown once. One person registers with it at <span className="font-mono">/register</span>{" "}
              until <span className="figure">{formatUtc(create.data.expiresAt)} UTC</span>.
            </p>
            <p className="flex flex-wrap items-center gap-3">
              <code className="min-w-0 font-mono text-base break-all">{create.data.code}</code>
              <CopyButton text={create.data.code} what="the invitation" />
            </p>
          </div>
        )}
      </div>
    </form>
  );
};
