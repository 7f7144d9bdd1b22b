"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

const PLACES = [
  { href: "/overview", name: "Overview", owns: ["/overview"] },
  { href: "/bots", name: "Bots", owns: ["/bots", "/cycles", "/positions"] },
  { href: "/accounts", name: "Accounts", owns: ["/accounts"] },
  { href: "/venues", name: "Venues", owns: ["/venues"] },
] as const;
const ADMIN = { href: "/admin", name: "Admin", owns: ["/admin"] } as const;

const isUnder = (path: string, places: readonly string[]): boolean =>
  places.some((place) => path === place || path.startsWith(`${place}/`));

/** The places of the app; the one that the page belongs to is marked. */
export const Nav = ({ isAdmin }: { readonly isAdmin: boolean }) => {
  const path = usePathname();
  const places = isAdmin ? [...PLACES, ADMIN] : PLACES;
  return (
    <nav aria-label="Main">
      <ul className="-ml-3 flex flex-wrap gap-x-1 md:ml-0">
        {places.map(({ href, name, owns }) => {
          const isHere = isUnder(path, owns);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={isHere ? "page" : undefined}
                className={`inline-flex h-9 items-center border-b-2 px-3 text-sm font-semibold ${isHere ? "border-accent text-ink" : "border-transparent text-muted hover:text-ink"}`}
              >
                {name}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
};
