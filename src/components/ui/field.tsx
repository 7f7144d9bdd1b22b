"use client";

import { useId, useState, type ComponentProps, type ReactNode } from "react";

type FieldProps = ComponentProps<"input"> & {
  readonly label: string;
  readonly name: string;
  /** What stands below the field and describes it. */
  readonly hint?: ReactNode;
  /** What stands in the field's line, after it. */
  readonly end?: ReactNode;
};

const isTold = (id: string | undefined): id is string => id !== undefined && id !== "";

/** A labelled field of a form, required unless said otherwise. */
export const Field = ({ label, hint, end, "aria-describedby": describedBy, ...input }: FieldProps) => {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  const described = [describedBy, hintId].filter(isTold).join(" ");
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
      </label>
      <div className="flex gap-2">
        <input className="field min-w-0" id={id} required aria-describedby={described || undefined} {...input} />
        {end}
      </div>
      {hint !== undefined && (
        <div id={hintId} className="text-sm text-muted">
          {hint}
        </div>
      )}
    </div>
  );
};

/** A password, hidden until one asks to see it. Nothing hinders pasting, or a password manager. */
export const PasswordField = (props: Omit<FieldProps, "type" | "end">) => {
  const [isShown, setShown] = useState(false);
  return (
    <Field
      {...props}
      type={isShown ? "text" : "password"}
      maxLength={128}
      autoCapitalize="off"
      spellCheck={false}
      end={
        <button
          type="button"
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
          className="button w-16 shrink-0 px-0"
        >
          {isShown ? "Hide" : "Show"}
          <span className="sr-only"> what is typed</span>
        </button>
      }
    />
  );
};
