"use client";

import { useState } from "react";
import { Field } from "~/components/ui/field";
import { FormError } from "~/components/ui/form-error";
import { NewPasswordField } from "~/components/ui/new-password-field";
import { textOf, useSubmission } from "~/components/ui/use-submission";
import { PASSWORD_MIN } from "~/contracts/credentials";
import { judgePassword } from "~/contracts/password-strength";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPCClient } from "~/trpc/react";
import { describeSignInError } from "../../_components/describe-sign-in-error";
import { enter, signInWith } from "../../_components/sign-in-with";

/** The server's answer does not tell whether the address had an account; only its own password opens that. */
const TAKEN =
  "This password does not open an account of this address. If you have one, sign in with its own password, or choose a new one there.";

/** Why the password is not sent, as the field below it says too; null: it is, also where it cannot be judged here. */
const refuseUnfit = async ({ email, password }: { readonly email: string; readonly password: string }) => {
  if (password.length < PASSWORD_MIN) return `The password must have at least ${PASSWORD_MIN} characters.`;
  const judged = await judgePassword(password, email).catch(() => null);
  return judged === null || judged.refusal === null ? null : `The password ${judged.refusal}.`;
};

/** The e-mail and the new password, and the invitation where one is needed. Then one is signed in. */
export const RegisterForm = ({ isInvited }: { readonly isInvited: boolean }) => {
  const api = useTRPCClient();
  const [email, setEmail] = useState("");
  const send = async (form: FormData): Promise<string | null> => {
    const credentials = { email: textOf(form, "email"), password: textOf(form, "password") };
    const unfit = await refuseUnfit(credentials);
    if (unfit !== null) return unfit;
    try {
      await api.auth.register.mutate({ ...credentials, ...(isInvited && { invite: textOf(form, "invite") }) });
    } catch (error) {
      return describeFailure(error);
    }
    const refusal = await signInWith(credentials);
    if (refusal !== null) return refusal === "CredentialsSignin" ? TAKEN : describeSignInError(refusal);
    enter();
    return null;
  };
  const { error, isPending, onSubmit } = useSubmission({ send, isLast: true });
  return (
    <form method="post" onSubmit={onSubmit} className="grid gap-4">
      <FormError id="register-error" error={error} />
      {isInvited && <Field label="Invitation" name="invite" autoComplete="off" spellCheck={false} maxLength={64} />}
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        maxLength={254}
        aria-describedby={error === null ? undefined : "register-error"}
        onChange={(event) => setEmail(event.target.value)}
      />
      <NewPasswordField label="Password" name="password" email={email} />
      <button type="submit" disabled={isPending} className="button button-primary h-10">
        {isPending ? "Creating the account…" : "Create the account"}
      </button>
    </form>
  );
};
