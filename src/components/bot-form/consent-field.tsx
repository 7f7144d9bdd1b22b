"use client";

import { placeOf } from "./draft";
import { describedBy } from "./field-frame";
import { fieldId, useBotForm, useSetting } from "./form-context";
import { isPaid } from "./model-options";
import { tellCalls } from "./model-spend-words";
import { describeIssue } from "./number-text";

type ConsentFieldProps = { readonly path: string; readonly label: string };

/** Whether a market's clock makes a paid model be asked oftener than in real time, and how often; null: it does not. */
const usePace = (): string | null => {
  const { draft, choices, reading, isCurrent } = useBotForm();
  const { venue } = placeOf(draft, choices);
  if (venue?.isSimulated !== true || !isPaid(choices.models, draft.settings, reading?.settings)) return null;
  return isCurrent && reading?.model?.isKnown === true ? tellCalls(reading.model) : "";
};

/** Where a market's clock can run faster than a real one, a model that is paid is asked as often as that makes it. */
export const ConsentField = ({ path, label }: ConsentFieldProps) => {
  const { value, standard, issue, set } = useSetting(path);
  const pace = usePace();
  const id = fieldId(path);
  if (pace === null) return null;
  return (
    <div className="mt-2 grid gap-1 rounded-md border border-warn px-4 py-3 text-sm">
      <p id={`${id}-words`}>
        <strong>
          Each question is paid in real money, and this market&apos;s clock can run faster than a real one.
        </strong>{" "}
        {pace} Its budget a day is the most that it can cost.
      </p>
      <label htmlFor={id} className="flex min-h-8 items-center gap-2 font-semibold">
        <input
          id={id}
          type="checkbox"
          className="size-4 shrink-0 accent-accent"
          checked={(value ?? standard) === true}
          aria-invalid={issue !== null}
          aria-describedby={describedBy(id)}
          onChange={({ target }) => set(target.checked)}
        />
        {label}
      </label>
      <p id={`${id}-error`} className="text-loss empty:hidden">
        {issue && describeIssue(issue, "plain")}
      </p>
    </div>
  );
};
