"use client";

import { useMutation } from "@tanstack/react-query";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPC } from "~/trpc/react";

type VerifyBannerProps = { readonly email: string; readonly hasMailServer: boolean };

/** Until the user has confirmed the address: how to, and another mail. */
export const VerifyBanner = ({ email, hasMailServer }: VerifyBannerProps) => {
  const trpc = useTRPC();
  const request = useMutation(trpc.account.requestVerification.mutationOptions());
  const sent = request.isSuccess ? "Sent again: the link works for 30 minutes." : "";
  return (
    <div role="region" aria-label="Your e-mail" className="border-b border-line bg-raised">
      <div className="mx-auto flex max-w-[90rem] flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1.5 text-sm">
        <p className="min-w-0 flex-1 basis-64">
          <strong className="font-semibold">Confirm your e-mail.</strong> Open the link in the mail to {email}.
          {!hasMailServer && " There is no mail server here: the mail is a file in .data/mail of this installation."}
        </p>
        <span role="status" className={request.isError ? "text-loss" : "text-muted"}>
          {request.isError ? describeFailure(request.error) : sent}
        </span>
        <button type="button" className="button" disabled={request.isPending} onClick={() => request.mutate()}>
          Send it again
        </button>
      </div>
    </div>
  );
};
