"use client";

import Link from "next/link";
import { useState } from "react";
import { FormError } from "~/components/ui/form-error";
import { useSubmission } from "~/components/ui/use-submission";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPCClient } from "~/trpc/react";
import { BrokenLink } from "../../_components/broken-link";
import { forgetLinkToken, useLinkToken } from "../../_components/use-link-token";

const Done = () => (
  <div role="status" className="grid gap-4">
    <p>Your e-mail is confirmed.</p>
    <p>
      <Link href="/overview" className="button button-primary">
        To the overview
      </Link>
    </p>
  </div>
);

const Another = () => (
  <p className="text-sm text-muted">
    The line at the top of the{" "}
    <Link href="/overview" className="link inline-flex min-h-6 items-center">
      overview
    </Link>{" "}
    sends another.
  </p>
);

/** Confirms the address by a mailed link, on a click: programs that look at mails open links, but press nothing. */
export const VerifyForm = () => {
  const api = useTRPCClient();
  const token = useLinkToken();
  const [isDone, setDone] = useState(false);
  const { error, isPending, onSubmit } = useSubmission({
    send: async () => {
      try {
        await api.auth.verifyEmail.mutate({ token: token ?? "" });
      } catch (failure) {
        return describeFailure(failure);
      }
      setDone(true);
      forgetLinkToken();
      return null;
    },
  });
  if (isDone) return <Done />;
  if (token === "") {
    return (
      <>
        <BrokenLink />
        <Another />
      </>
    );
  }
  return (
    <form method="post" onSubmit={onSubmit} className="grid gap-4">
      <FormError id="verify-error" error={error} />
      <p>Press the button to confirm that this address is yours.</p>
      <button type="submit" disabled={isPending || token === null} className="button button-primary h-10">
        {isPending ? "Confirming…" : "Confirm my e-mail"}
      </button>
      {error !== null && <Another />}
    </form>
  );
};
