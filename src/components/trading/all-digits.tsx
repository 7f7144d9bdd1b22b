"use client";

type AllDigitsProps = { readonly isOn: boolean; readonly onChange: (isOn: boolean) => void };

/** Shows amounts with all their digits, also to those who cannot point at them: a sum can then be checked to the last one. */
export const AllDigits = ({ isOn, onChange }: AllDigitsProps) => (
  <button
    type="button"
    aria-pressed={isOn}
    onClick={() => onChange(!isOn)}
    className="inline-flex min-h-6 items-center text-xs text-muted underline decoration-line-strong underline-offset-3 hover:text-ink aria-pressed:text-accent"
  >
    All digits
  </button>
);
