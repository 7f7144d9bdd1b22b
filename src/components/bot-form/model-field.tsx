"use client";

import Link from "next/link";
import { useState } from "react";
import type { ModelProviderChoice } from "~/contracts/model-choice";
import { describedBy, FieldFrame } from "./field-frame";
import { fieldId, useBotForm, useSetting } from "./form-context";
import { groupModels, LACK_WORDS, lackOf, missingLines } from "./model-options";
import { describeIssue } from "./number-text";

const OTHER = "other";

type PickProps = {
  readonly id: string;
  readonly chosen: string;
  readonly isOther: boolean;
  readonly providers: readonly ModelProviderChoice[];
  readonly onPick: (value: string) => void;
};

const ModelSelect = ({ id, chosen, isOther, providers, onPick }: PickProps) => {
  const groups = groupModels(providers);
  const isListed = groups.some(({ models }) => models.some(({ key }) => key === chosen));
  return (
    <select
      id={id}
      className="field max-w-full"
      value={isOther ? OTHER : chosen}
      aria-describedby={describedBy(id)}
      onChange={({ target }) => onPick(target.value)}
    >
      {!isListed && !isOther && <option value={chosen}>{chosen}</option>}
      {groups.map(({ title, models }) => (
        <optgroup key={title} label={title}>
          {models.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </optgroup>
      ))}
      <option value={OTHER}>Another model, by its name…</option>
    </select>
  );
};

const Missing = ({ providers }: Pick<PickProps, "providers">) => {
  const lines = missingLines(providers);
  if (lines.length === 0) return null;
  return (
    <details className="text-sm">
      <summary className="link inline-flex min-h-6 items-center">Models that cannot be asked here yet</summary>
      <ul className="mt-1 grid gap-1 text-muted">
        {lines.map(({ key, name, lack }) => (
          <li key={key}>
            {name}: {LACK_WORDS[lack]}
          </li>
        ))}
      </ul>
      <p className="mt-1">
        Keys and addresses are kept in{" "}
        <Link href="/account#model-keys" className="link">
          your account
        </Link>
        .
      </p>
    </details>
  );
};

type ModelFieldProps = { readonly path: string; readonly label: string };

/** Which model is asked: those that can be here, by who answers; of the others what is missing. */
export const ModelField = ({ path, label }: ModelFieldProps) => {
  const { choices } = useBotForm();
  const { value, standard, issue, set } = useSetting(path);
  const [isOther, setOther] = useState(false);
  const id = fieldId(path);
  const shown = value ?? standard;
  const chosen = typeof shown === "string" ? shown : "";
  const lack = lackOf(chosen, choices.models);
  const error = (issue && describeIssue(issue, "plain")) ?? (lack && `It cannot be asked here: ${LACK_WORDS[lack]}.`);
  const pick = (next: string): void => {
    setOther(next === OTHER);
    if (next !== OTHER) set(next);
  };
  return (
    <div className="grid min-w-0 content-start gap-2">
      <FieldFrame id={id} label={label} error={error}>
        <ModelSelect {...{ id, chosen, isOther }} providers={choices.models} onPick={pick} />
        {isOther && (
          <input
            className="field"
            aria-label="The model's provider and name"
            aria-describedby={describedBy(id)}
            placeholder="provider/name, such as ollama/qwen3"
            spellCheck={false}
            autoCapitalize="off"
            value={chosen}
            onChange={({ target }) => set(target.value.trim())}
          />
        )}
      </FieldFrame>
      <Missing providers={choices.models} />
    </div>
  );
};
