import type { ReactNode } from "react";

type StatProps = {
  readonly label: string;
  readonly children: ReactNode;
  /** What it is a share of, what it is made of, or over how many. */
  readonly note?: ReactNode;
};

/** One figure with its name; several stand in a StatGrid. Its note keeps two lines where it is too narrow for one. */
export const Stat = ({ label, children, note }: StatProps) => (
  <div className="@container min-w-0 bg-panel px-4 py-3">
    <dt className="text-sm text-muted">{label}</dt>
    <dd className="text-lg font-semibold">{children}</dd>
    {note !== undefined && <dd className="min-h-10 text-sm text-muted @min-[17.5rem]:min-h-5">{note}</dd>}
  </div>
);

/** Figures side by side with hairlines between them, as many a row as fit. */
export const StatGrid = ({ children }: { readonly children: ReactNode }) => (
  <dl className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,10.5rem),1fr))] gap-px overflow-hidden rounded-md border border-line bg-line">
    {children}
  </dl>
);
