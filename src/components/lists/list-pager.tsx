import Link from "next/link";
import type { ReactNode } from "react";
import { withParams, type ListHref } from "./with-params";

type ListPagerProps = {
  /** What is listed, for screen readers: "trades". */
  readonly name: string;
  /** The list's address without a page. */
  readonly href: ListHref;
  /** The page that is shown; undefined: the first. */
  readonly cursor: string | undefined;
  readonly page: { readonly nextCursor: string | null; readonly previousCursor: string | null };
  /** Which rows these are. */
  readonly children: ReactNode;
};

type TurnProps = { readonly href: ListHref | null; readonly label: string; readonly children: string };

/** A way that leads nowhere stays in its place, so that the others do not move. */
const Turn = ({ href, label, children }: TurnProps) =>
  href === null ? (
    <span aria-hidden="true" className="button border-dashed text-muted">
      {children}
    </span>
  ) : (
    <Link href={href} prefetch={false} aria-label={label} className="button">
      {children}
    </Link>
  );

/** Says which rows of a long list are shown, and leads to the others. One page at a time is in the document. */
export const ListPager = ({ name, href, cursor, page, children }: ListPagerProps) => {
  const turnTo = (from: string | null): ListHref | null => (from === null ? null : withParams(href, { from }));
  return (
    <nav
      aria-label={`Pages of ${name}`}
      className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3 text-sm text-muted"
    >
      <span className="figure">{children}</span>
      <span className="ml-auto flex gap-2">
        <Turn href={cursor === undefined ? null : href} label={`First page of ${name}`}>
          First
        </Turn>
        <Turn href={turnTo(page.previousCursor)} label={`Previous page of ${name}`}>
          Previous
        </Turn>
        <Turn href={turnTo(page.nextCursor)} label={`Next page of ${name}`}>
          Next
        </Turn>
      </span>
    </nav>
  );
};
