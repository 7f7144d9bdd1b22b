"use client";

import { useState, type SubmitEvent } from "react";

type Submission = {
  /** Sends the form. Resolves to what went wrong, in words; null: it worked. */
  readonly send: (form: FormData) => Promise<string | null>;
  /** What went wrong before this page was opened. */
  readonly error?: string | null;
  /** The page is left once it worked, so that the form stays as it is. */
  readonly isLast?: boolean;
};

/** A form that is sent without leaving the page: whether it is on its way, and what went wrong. */
export const useSubmission = ({ send, error: first = null, isLast = false }: Submission) => {
  const [error, setError] = useState(first);
  const [isPending, setPending] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPending(true);
    setError(null);
    const refusal = await send(form);
    setError(refusal);
    setPending(isLast && refusal === null);
  };
  return { error, isPending, onSubmit: (event: SubmitEvent<HTMLFormElement>) => void submit(event) };
};

/** A field's text as it was typed; "" where there is no such field. */
export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
};
