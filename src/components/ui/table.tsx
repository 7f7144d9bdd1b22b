import type { ReactNode } from "react";

type TableProps = {
  /** What the table holds, for screen readers. */
  readonly caption: string;
  readonly children: ReactNode;
  /** Below this width it scrolls sideways, Tailwind class such as "min-w-[48rem]". */
  readonly minWidth?: string;
};

/** A dense table that scrolls sideways in its own frame, also by keyboard. */
export const Table = ({ caption, children, minWidth = "min-w-[40rem]" }: TableProps) => (
  // A region that scrolls must take the focus, or no key reaches what is out of sight.
  <div role="region" aria-label={caption} tabIndex={0} className="overflow-x-auto rounded-b-md">
    <table className={`w-full border-collapse text-sm ${minWidth}`}>
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  </div>
);

type CellProps = {
  readonly children?: ReactNode;
  readonly isNumber?: boolean;
  readonly className?: string;
  readonly colSpan?: number;
};

export const HeadCell = ({ children, isNumber = false, className = "" }: CellProps) => (
  <th
    scope="col"
    className={`border-y border-line bg-raised px-3 py-2 font-semibold whitespace-nowrap text-muted first:pl-4 last:pr-4 ${isNumber ? "text-right" : "text-left"} ${className}`}
  >
    {children}
  </th>
);

const CELL = "border-b border-line px-3 py-2 align-top first:pl-4 last:pr-4 group-last/row:border-b-0";

export const Cell = ({ children, isNumber = false, className = "", colSpan }: CellProps) => (
  <td
    colSpan={colSpan}
    className={`${CELL} ${isNumber ? "figure text-right whitespace-nowrap" : "text-left"} ${className}`}
  >
    {children}
  </td>
);

/** The cell that names its row. */
export const RowHead = ({ children, className = "" }: CellProps) => (
  <th scope="row" className={`${CELL} text-left font-normal ${className}`}>
    {children}
  </th>
);

export const Row = ({ children, className = "" }: { readonly children: ReactNode; readonly className?: string }) => (
  <tr className={`group/row hover:bg-raised/60 ${className}`}>{children}</tr>
);
