"use client";

import { useEffect, useRef, type ReactNode } from "react";
import { useBotForm } from "./form-context";

type FoldedPanelProps = {
  readonly title: string;
  /** What its settings come to as they are, in a few words. */
  readonly summary: string;
  /** Where its settings begin: it opens when one of them is at fault. */
  readonly paths: readonly string[];
  readonly children: ReactNode;
};

/** A part that most bots leave as it is. */
export const FoldedPanel = ({ title, summary, paths, children }: FoldedPanelProps) => {
  const { issues } = useBotForm();
  const details = useRef<HTMLDetailsElement>(null);
  const isAtFault = issues.some(({ path }) => paths.some((start) => path === start || path.startsWith(`${start}.`)));
  useEffect(() => {
    if (isAtFault && details.current) details.current.open = true;
  }, [isAtFault]);
  return (
    <details ref={details} className="min-w-0 rounded-md border border-line bg-panel">
      <summary className="px-4 py-3">
        <h2 className="inline text-base font-semibold">{title}</h2>
        <span className="ml-3 text-sm text-muted">{summary}</span>
      </summary>
      <div className="grid gap-4 px-4 pb-4">{children}</div>
    </details>
  );
};
