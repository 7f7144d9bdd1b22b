"use client";

import { useEffect, useRef } from "react";
import { fieldId } from "./form-context";

type FormFault = { readonly path: string; readonly message: string };

/** Shows a field wherever it is folded away, and puts the focus into it. */
const goTo = (path: string): void => {
  const parts = path.split(".");
  const ids = parts.map((_, index) => fieldId(parts.slice(0, parts.length - index).join(".")));
  const field = ids.map((id) => document.getElementById(id)).find((found) => found !== null);
  const folded = field?.closest("details");
  if (folded) folded.open = true;
  field?.focus();
};

type ErrorSummaryProps = {
  readonly title: string;
  readonly faults: readonly FormFault[];
  /** Counts the tries: each brings the focus here. */
  readonly tries: number;
};

/** What has to be corrected, each with a way to its field. Takes the focus after each try. */
export const ErrorSummary = ({ title, faults, tries }: ErrorSummaryProps) => {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (tries > 0) summary.current?.focus();
  }, [tries]);
  return (
    <div ref={summary} role="alert" tabIndex={-1} className="rounded-md border border-loss bg-panel px-4 py-3 text-sm">
      <p className="font-semibold">{title}</p>
      {faults.length > 0 && (
        <ul className="mt-1">
          {faults.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <button type="button" className="link min-h-6 text-left" onClick={() => goTo(path)}>
                {message}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
