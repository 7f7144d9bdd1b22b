"use client";

import { useState } from "react";
import { describedBy, FieldFrame } from "./field-frame";
import { fieldId, useSetting, useWords } from "./form-context";
import { describeIssue, toText, toValue, type Unit } from "./number-text";

type FieldProps = {
  readonly path: string;
  readonly label: string;
  /** Where its line stands among the settings in words: the section, and the line's label. */
  readonly words?: readonly [section: string, label: string];
};

type NumberFieldProps = FieldProps & { readonly unit?: Unit; readonly suffix?: string };

/** A number as it is typed. Empty: its default, which it shows. */
export const NumberField = ({ path, label, words, unit = "plain", suffix }: NumberFieldProps) => {
  const { value, standard, inMoney, issue, set } = useSetting(path);
  const said = useWords(words?.[0], words?.[1]);
  const id = fieldId(path);
  // What is typed stays as it is while it means what is set: "3.50" must not become "3.5" under the cursor.
  const [typed, setTyped] = useState(() => toText(value, unit));
  const text = toValue(typed, unit) === value ? typed : toText(value, unit);
  const error = issue && describeIssue(issue, unit);
  return (
    <FieldFrame id={id} label={label} words={said} inMoney={inMoney} error={error}>
      <span className="flex items-center gap-2">
        <input
          id={id}
          className="field figure max-w-36"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          placeholder={toText(standard, unit)}
          aria-invalid={error !== null}
          aria-describedby={describedBy(id)}
          onChange={(event) => {
            setTyped(event.target.value);
            set(toValue(event.target.value, unit));
          }}
        />
        <span className="text-sm text-muted">{suffix ?? (unit === "plain" ? "" : unit)}</span>
      </span>
    </FieldFrame>
  );
};

type Choice = { readonly value: string; readonly name: string };
type ChoiceFieldProps = FieldProps & { readonly choices: readonly Choice[] };

/** One of a few. */
export const ChoiceField = ({ path, label, words, choices }: ChoiceFieldProps) => {
  const { value, standard, issue, set } = useSetting(path);
  const said = useWords(words?.[0], words?.[1]);
  const id = fieldId(path);
  const chosen = typeof value === "string" ? value : standard;
  return (
    <FieldFrame id={id} label={label} words={said} error={issue && describeIssue(issue, "plain")}>
      <select
        id={id}
        className="field max-w-56"
        value={typeof chosen === "string" ? chosen : ""}
        aria-describedby={describedBy(id)}
        onChange={(event) => set(event.target.value)}
      >
        {choices.map(({ value: each, name }) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
};

/** Yes or no. */
export const CheckField = ({ path, label }: FieldProps) => {
  const { value, standard, set } = useSetting(path);
  const id = fieldId(path);
  return (
    <label htmlFor={id} className="flex min-h-8 items-center gap-2 text-sm font-semibold">
      <input
        id={id}
        type="checkbox"
        className="size-4 accent-accent"
        checked={(value ?? standard) === true}
        onChange={(event) => set(event.target.checked)}
      />
      {label}
    </label>
  );
};
