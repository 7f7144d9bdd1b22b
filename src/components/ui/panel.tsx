import { useId, type ReactNode } from "react";

type PanelProps = {
  readonly title: string;
  /** A sentence below the title: what the numbers are, and of what. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** Small things in the title's own line, which they do not make higher. */
  readonly corner?: ReactNode;
  readonly children: ReactNode;
  /** Tables and charts reach its edges. */
  readonly isFlush?: boolean;
  readonly className?: string;
};

/** A titled part of a page. */
export const Panel = ({ title, note, actions, corner, children, isFlush = false, className = "" }: PanelProps) => {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`min-w-0 rounded-md border border-line bg-panel ${className}`}>
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-3 pb-2">
        <div className={`min-w-0 ${corner === undefined ? "" : "grow"}`}>
          <div className="flex flex-wrap items-center justify-between gap-x-4">
            <h2 id={id} className="text-base font-semibold">
              {title}
            </h2>
            {corner}
          </div>
          {note !== undefined && <p className="text-sm text-muted">{note}</p>}
        </div>
        {actions}
      </header>
      <div className={isFlush ? "" : "px-4 pb-4"}>{children}</div>
    </section>
  );
};
