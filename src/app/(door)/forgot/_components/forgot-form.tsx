"use client";

import { useState } from "react";
import { Field } from "~/components/ui/field";
import { FormError } from "~/components/ui/form-error";
import { textOf, useSubmission } from "~/components/ui/use-submission";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPCClient } from "~/trpc/react";

/** Asks for a mail with a link. What it then says is the same for every address. */
export const ForgotForm = ({ hasMailServer }: { readonly hasMailServer: boolean }) => {
  const api = useTRPCClient();
  const [isSent, setSent] = useState(false);
  const { error, isPending, onSubmit } = useSubmission({
    send: async (form) => {
      try {
        await api.auth.requestReset.mutate({ email: textOf(form, "email") });
      } catch (failure) {
        return describeFailure(failure);
      }
      setSent(true);
      return null;
    },
  });
  return (
    <form method="post" onSubmit={onSubmit} className="grid gap-4">
      <FormError id="forgot-error" error={error} />
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        maxLength={254}
        aria-describedby={error === null ? undefined : "forgot-error"}
      />
      <button type="submit" disabled={isPending} className="button button-primary h-10">
        {isPending ? "Sending…" : isSent ? "Send another link" : "Send a link"}
      </button>
      <p role="status" className="min-h-15 text-sm">
        {isSent && !isPending && error === null && (
          <>
            If this address has an account, a link to choose a new password is on its way. It works once, for 30
            minutes.
            {!hasMailServer && " There is no mail server here: the mail is a file in .data/mail of this installation."}
          </>
        )}
      </p>
    </form>
  );
};
