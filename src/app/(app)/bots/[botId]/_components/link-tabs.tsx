import Link from "next/link";
import type { ReactNode } from "react";
import type { BotHref } from "./views";

type LinkTabsProps = {
  /** What the tabs choose, for screen readers. */
  readonly label: string;
  readonly tabs: readonly { readonly href: BotHref; readonly name: ReactNode; readonly isHere: boolean }[];
};

/** Links side by side to the parts of a page; the one that is shown is marked. Wraps where it is narrow. */
export const LinkTabs = ({ label, tabs }: LinkTabsProps) => (
  <nav aria-label={label}>
    <ul className="flex flex-wrap gap-x-1 border-b border-line">
      {tabs.map(({ href, name, isHere }) => (
        <li key={href}>
          <Link
            href={href}
            scroll={false}
            prefetch={false}
            aria-current={isHere ? "page" : undefined}
            className={`-mb-px inline-flex h-9 items-center border-b-2 px-3 text-sm font-semibold ${isHere ? "border-accent text-ink" : "border-transparent text-muted hover:text-ink"}`}
          >
            {name}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
);
