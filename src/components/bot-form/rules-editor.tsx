"use client";

import { SettingLines } from "~/components/trading/setting-lines";
import { findJsonFault } from "./draft";
import { fieldId, useBotForm } from "./form-context";

const ROWS = 24;

/** The trader's own rules as JSON, and beside it what they say in words. */
export const RulesEditor = ({ section }: { readonly section: string }) => {
  const { draft, change, issues, reading } = useBotForm();
  const fault = findJsonFault(draft.rules);
  const faults = fault === null ? issues.filter(({ path }) => path === "decision" || path.startsWith("decision.")) : [];
  const lines = reading?.sections.find(({ title }) => title === section)?.lines ?? [];
  const id = fieldId("decision");
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="grid min-w-0 gap-1">
        <label htmlFor={id} className="text-sm font-semibold">
          Rules (JSON)
        </label>
        <textarea
          id={id}
          className="field font-mono text-sm"
          rows={ROWS}
          spellCheck={false}
          value={draft.rules}
          aria-invalid={fault !== null || faults.length > 0}
          aria-describedby={`${id}-error`}
          onChange={({ target: { value } }) => change((before) => ({ ...before, rules: value }))}
        />
        <div id={`${id}-error`} className="text-sm text-loss">
          {fault !== null && <p>This is no JSON yet: {fault}</p>}
          <ul>
            {faults.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                {path.slice("decision.".length) || "rules"}: {message}
              </li>
            ))}
          </ul>
        </div>
      </div>
      <div className="min-w-0">
        <h3 className="text-sm font-semibold">In words</h3>
        <p className="text-sm text-muted">
          What indicators and conditions there are is in the README, under Custom rules.
        </p>
        <SettingLines lines={lines} />
      </div>
    </div>
  );
};
