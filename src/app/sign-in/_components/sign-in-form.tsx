"use client";

import { signIn } from "next-auth/react";
import { useEffect, useRef, useState, type ComponentProps, type SubmitEvent } from "react";
import { describeSignInError } from "./describe-sign-in-error";

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
};

/** Returns the error code, or null once the cookie is set. */
const send = async (form: FormData): Promise<string | null> => {
  const credentials = { email: textOf(form, "email"), password: textOf(form, "password") };
  try {
    const answer = await signIn("credentials", { ...credentials, redirect: false });
    return answer?.ok === true ? null : (answer?.error ?? "unknown");
  } catch {
    return "unreachable";
  }
};

type FieldProps = ComponentProps<"input"> & { readonly label: string; readonly name: string };

const Field = ({ label, name, ...input }: FieldProps) => (
  <div className="grid gap-1">
    <label htmlFor={name} className="text-sm font-semibold">
      {label}
    </label>
    <input className="field" id={name} name={name} required {...input} />
  </div>
);

/** E-mail and password. An error is announced and takes the focus. */
export const SignInForm = ({ error: first }: { readonly error: string | null }) => {
  const [error, setError] = useState(first);
  const [isPending, setPending] = useState(false);
  const message = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (error !== null) message.current?.focus();
  }, [error]);

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPending(true);
    setError(null);
    const refusal = await send(form);
    // A full page load, so that none of the visitor's data stays in memory.
    if (refusal === null) return window.location.assign("/overview");
    setError(refusal);
    setPending(false);
  };

  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="grid gap-4">
      {error !== null && (
        <p
          role="alert"
          tabIndex={-1}
          ref={message}
          id="sign-in-error"
          className="rounded-sm border border-loss px-3 py-2 text-sm"
        >
          {describeSignInError(error)}
        </p>
      )}
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        aria-describedby={error === null ? undefined : "sign-in-error"}
      />
      <Field label="Password" name="password" type="password" autoComplete="current-password" maxLength={128} />
      <button type="submit" disabled={isPending} className="button button-primary h-10">
        {isPending ? "Signing in…" : "Sign in"}
      </button>
    </form>
  );
};
