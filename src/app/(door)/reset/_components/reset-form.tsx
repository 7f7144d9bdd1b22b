"use client";

import Link from "next/link";
import { useState } from "react";
import { FormError } from "~/components/ui/form-error";
import { NewPasswordField } from "~/components/ui/new-password-field";
import { textOf, useSubmission } from "~/components/ui/use-submission";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPCClient } from "~/trpc/react";
import { BrokenLink } from "../../_components/broken-link";
import { forgetLinkToken, useLinkToken } from "../../_components/use-link-token";

const Done = () => (
  <div role="status" className="grid gap-4">
    <p>Your new password is set, and all sessions of your account have ended.</p>
    <p>
      <Link href="/sign-in" className="button button-primary">
        Sign in
      </Link>
    </p>
  </div>
);

/** A new password, by a mailed link. */
export const ResetForm = () => {
  const api = useTRPCClient();
  const token = useLinkToken();
  const [isDone, setDone] = useState(false);
  const { error, isPending, onSubmit } = useSubmission({
    send: async (form) => {
      try {
        await api.auth.resetPassword.mutate({ token: token ?? "", password: textOf(form, "password") });
      } catch (failure) {
        return describeFailure(failure);
      }
      setDone(true);
      forgetLinkToken();
      return null;
    },
  });
  if (isDone) return <Done />;
  if (token === "") return <BrokenLink />;
  return (
    <form method="post" onSubmit={onSubmit} className="grid gap-4">
      <FormError id="reset-error" error={error} />
      <NewPasswordField label="New password" name="password" email="" />
      <button type="submit" disabled={isPending || token === null} className="button button-primary h-10">
        {isPending ? "Setting it…" : "Set the new password"}
      </button>
    </form>
  );
};
