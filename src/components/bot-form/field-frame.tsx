import type { ReactNode } from "react";
import { Amount } from "~/components/ui/amount";

type FieldFrameProps = {
  readonly id: string;
  readonly label: string;
  /** What the setting means as it is set. */
  readonly words?: string | null;
  readonly inMoney?: string | null;
  readonly error?: string | null;
  readonly children: ReactNode;
};

/** The ids of what describes a field, for its aria-describedby. */
export const describedBy = (id: string): string => `${id}-words ${id}-error`;

/** A field with its name above it, and below it what it means and what is wrong with it. */
export const FieldFrame = ({ id, label, words, inMoney, error, children }: FieldFrameProps) => (
  <div className="grid min-w-0 content-start gap-1">
    <label htmlFor={id} className="text-sm font-semibold">
      {label}
    </label>
    {children}
    <p id={`${id}-words`} className="min-h-5 text-sm text-muted">
      {words}
      {inMoney !== undefined && inMoney !== null && (
        <>
          {words ? ": " : ""}
          <Amount value={inMoney} currency="USDT" />
        </>
      )}
    </p>
    <p id={`${id}-error`} className="text-sm text-loss empty:hidden">
      {error}
    </p>
  </div>
);
