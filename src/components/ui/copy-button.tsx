"use client";

import { useState } from "react";

type CopyButtonProps = {
  readonly text: string;
  /** What is copied, for screen readers: "the prompt". */
  readonly what: string;
};

/** Puts a text on the clipboard, and says so. */
export const CopyButton = ({ text, what }: CopyButtonProps) => {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <button type="button" className="button" onClick={() => void copy().catch(() => setCopied(false))}>
      {isCopied ? "Copied" : "Copy"}
      <span className="sr-only"> {what}</span>
    </button>
  );
};
