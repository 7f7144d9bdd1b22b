"use client";

import { describedBy, FieldFrame } from "./field-frame";
import { fieldId, useSetting, useWords } from "./form-context";
import { describeIssue } from "./number-text";

type TextFieldProps = {
  readonly path: string;
  readonly label: string;
  readonly words: readonly [section: string, label: string];
};

/** US dollars as they are typed. Empty: the default, which it shows. */
export const DollarField = ({ path, label, words }: TextFieldProps) => {
  const { value, standard, issue, set } = useSetting(path);
  const said = useWords(...words);
  const id = fieldId(path);
  const error = issue && describeIssue(issue, "plain");
  return (
    <FieldFrame id={id} label={label} words={said} error={error}>
      <span className="flex items-center gap-2">
        <span className="text-sm text-muted">$</span>
        <input
          id={id}
          className="field figure max-w-36"
          inputMode="decimal"
          autoComplete="off"
          value={typeof value === "string" ? value : ""}
          placeholder={typeof standard === "string" ? standard : ""}
          aria-invalid={error !== null}
          aria-describedby={describedBy(id)}
          onChange={({ target }) => set(target.value.trim() === "" ? undefined : target.value.trim())}
        />
        <span className="text-sm text-muted">a day</span>
      </span>
    </FieldFrame>
  );
};

const ROWS = 8;

type ProseFieldProps = {
  readonly path: string;
  readonly label: string;
  readonly most: number;
  readonly note: string;
};

/** A few lines of the trader's own, with how many characters are left. */
export const ProseField = ({ path, label, most, note }: ProseFieldProps) => {
  const { value, standard, issue, set } = useSetting(path);
  const id = fieldId(path);
  const shown = value ?? standard;
  const text = typeof shown === "string" ? shown : "";
  const error = issue && describeIssue(issue, "plain");
  return (
    <FieldFrame id={id} label={label} words={note} error={error}>
      <textarea
        id={id}
        className="field text-sm"
        rows={ROWS}
        value={text}
        aria-invalid={error !== null}
        aria-describedby={`${describedBy(id)} ${id}-count`}
        onChange={({ target }) => set(target.value)}
      />
      <p id={`${id}-count`} className={`figure text-right text-sm ${text.length > most ? "text-loss" : "text-muted"}`}>
        {text.length} of {most} characters
      </p>
    </FieldFrame>
  );
};
