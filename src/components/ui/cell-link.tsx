import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

type CellLinkProps<Path extends string> = { readonly href: Route<Path>; readonly children: ReactNode };

/** A link in a table's row or in a list: high enough to be hit. */
export const CellLink = <Path extends string>({ href, children }: CellLinkProps<Path>) => (
  <Link href={href} prefetch={false} className="link -my-0.5 inline-flex min-h-6 items-center whitespace-nowrap">
    {children}
  </Link>
);
