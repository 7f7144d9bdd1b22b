"use client";

import { Field, PasswordField } from "~/components/ui/field";
import { FormError } from "~/components/ui/form-error";
import { textOf, useSubmission } from "~/components/ui/use-submission";
import { describeSignInError } from "../../_components/describe-sign-in-error";
import { enter, signInWith } from "../../_components/sign-in-with";

const send = async (form: FormData): Promise<string | null> => {
  const refusal = await signInWith({ email: textOf(form, "email"), password: textOf(form, "password") });
  if (refusal !== null) return describeSignInError(refusal);
  enter();
  return null;
};

/** E-mail and password. An error is announced and takes the focus. */
export const SignInForm = ({ error: first }: { readonly error: string | null }) => {
  const told = first === null ? null : describeSignInError(first);
  const { error, isPending, onSubmit } = useSubmission({ send, error: told, isLast: true });
  return (
    <form method="post" onSubmit={onSubmit} className="grid gap-4">
      <FormError id="sign-in-error" error={error} />
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        aria-describedby={error === null ? undefined : "sign-in-error"}
      />
      <PasswordField label="Password" name="password" autoComplete="current-password" />
      <button type="submit" disabled={isPending} className="button button-primary h-10">
        {isPending ? "Signing in…" : "Sign in"}
      </button>
    </form>
  );
};
