"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { describeFailure } from "~/trpc/describe-failure";
import { useConfirmationDesk, useTRPC } from "~/trpc/react";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { PasswordField } from "../ui/field";

/** Back to where one was: a dialog below takes the focus again only if it is told to. */
const useReturnOfFocus = (): void => {
  const [before] = useState(() => document.activeElement);
  useEffect(() => () => void (before instanceof HTMLElement && before.focus()), [before]);
};

type IdentityDialogProps = { readonly email: string; readonly onAnswer: (isConfirmed: boolean) => void };

const IdentityDialog = ({ email, onAnswer }: IdentityDialogProps) => {
  const trpc = useTRPC();
  const [password, setPassword] = useState("");
  const confirm = useMutation(trpc.account.confirmPassword.mutationOptions({ onSuccess: () => onAnswer(true) }));
  useReturnOfFocus();
  return (
    <ConfirmDialog
      title="Confirm it is you"
      confirm="Confirm"
      isPending={confirm.isPending}
      isReady={password !== ""}
      error={confirm.error ? describeFailure(confirm.error) : null}
      onConfirm={() => {
        if (!confirm.isPending && password !== "") confirm.mutate({ password });
      }}
      onClose={() => onAnswer(false)}
    >
      <p>
        This needs the password of <span className="break-all">{email}</span>. What you asked for goes on after that,
        and you are not asked again for five minutes.
      </p>
      {/* Password managers need to know whose password it is. */}
      <input type="hidden" name="username" value={email} autoComplete="username" />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
};

/** Asks for the password when a call of this page needs it first. */
export const ConfirmIdentity = ({ email }: { readonly email: string }) => {
  const desk = useConfirmationDesk();
  const isAsked = useSyncExternalStore(desk.subscribe, desk.isAsked, () => false);
  return isAsked ? <IdentityDialog email={email} onAnswer={desk.answer} /> : null;
};
