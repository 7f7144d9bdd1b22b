"use client";

import { useEffect, useRef } from "react";

type OutcomeNoticeProps = { readonly text: string; readonly onDismiss: () => void };

/** Why the trader's word came to nothing: the proposal and its dialog, which had the focus, are gone by then. */
export const OutcomeNotice = ({ text, onDismiss }: OutcomeNoticeProps) => {
  const dismiss = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) dismiss.current?.focus();
  }, []);
  return (
    <div
      role="alert"
      className="mb-3 flex flex-wrap items-center justify-between gap-2 rounded-sm border border-loss px-3 py-2 text-sm"
    >
      <p className="min-w-0">{text}</p>
      <button ref={dismiss} type="button" className="button" onClick={onDismiss}>
        Dismiss
      </button>
    </div>
  );
};
