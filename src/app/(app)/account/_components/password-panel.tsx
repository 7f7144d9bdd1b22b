"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { PasswordField } from "~/components/ui/field";
import { FormError } from "~/components/ui/form-error";
import { NewPasswordField } from "~/components/ui/new-password-field";
import { Panel } from "~/components/ui/panel";
import { textOf, useSubmission } from "~/components/ui/use-submission";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPC } from "~/trpc/react";
import { countSessions } from "./count-sessions";

/** Changes the password; all other sessions end. */
export const PasswordPanel = ({ email }: { readonly email: string }) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(trpc.account.changePassword.mutationOptions());
  /** How many changes were made: each gives the form anew, with empty fields. */
  const [changes, setChanges] = useState(0);
  const { error, isPending, onSubmit } = useSubmission({
    send: async (form) => {
      try {
        await change.mutateAsync({ current: textOf(form, "current"), next: textOf(form, "next") });
      } catch (failure) {
        return describeFailure(failure);
      }
      setChanges((before) => before + 1);
      await queryClient.invalidateQueries({ queryKey: trpc.account.sessions.queryKey() });
      return null;
    },
  });
  return (
    <Panel title="Password" note="Changing it ends your sessions on all other browsers.">
      <form key={changes} method="post" onSubmit={onSubmit} className="grid max-w-[24rem] gap-4">
        <FormError id="password-error" error={error} />
        {/* Password managers need to know whose password it is. */}
        <input type="hidden" name="username" value={email} autoComplete="username" />
        <PasswordField label="Current password" name="current" autoComplete="current-password" />
        <NewPasswordField label="New password" name="next" email={email} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <button type="submit" disabled={isPending} className="button button-primary">
            {isPending ? "Changing it…" : "Change the password"}
          </button>
          <p role="status" className="text-sm">
            {change.isSuccess && `Changed. ${countSessions(change.data.ended)} ended.`}
          </p>
        </div>
      </form>
    </Panel>
  );
};
