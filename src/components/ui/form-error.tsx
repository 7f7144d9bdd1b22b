"use client";

import { useEffect, useRef } from "react";

type FormErrorProps = {
  /** For the `aria-describedby` of what it is about. */
  readonly id: string;
  readonly error: string | null;
};

/** Why a form was not taken. It is announced and takes the focus. */
export const FormError = ({ id, error }: FormErrorProps) => {
  const message = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (error !== null) message.current?.focus();
  }, [error]);
  if (error === null) return null;
  return (
    <p role="alert" tabIndex={-1} ref={message} id={id} className="rounded-sm border border-loss px-3 py-2 text-sm">
      {error}
    </p>
  );
};
