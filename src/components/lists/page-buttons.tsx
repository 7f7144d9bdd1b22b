"use client";

import type { ReactNode } from "react";

type PageButtonsProps = {
  /** What is listed, for screen readers: "commands". */
  readonly name: string;
  /** The page that is shown; null: the first. */
  readonly cursor: string | null;
  readonly page: { readonly nextCursor: string | null; readonly previousCursor: string | null };
  readonly onTurn: (cursor: string | null) => void;
  /** Which rows these are. */
  readonly children: ReactNode;
};

/** Leads through a list that is a part of a page, without an address of its own. Not there where all is shown. */
export const PageButtons = ({ name, cursor, page, onTurn, children }: PageButtonsProps) => {
  const { nextCursor, previousCursor } = page;
  if (cursor === null && nextCursor === null) return null;
  const turns = [
    { word: "First", to: null, isThere: cursor !== null },
    { word: "Previous", to: previousCursor, isThere: previousCursor !== null },
    { word: "Next", to: nextCursor, isThere: nextCursor !== null },
  ];
  return (
    <nav
      aria-label={`Pages of ${name}`}
      className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3 text-sm text-muted"
    >
      <span>{children}</span>
      <span className="ml-auto flex gap-2">
        {turns.map(({ word, to, isThere }) => (
          // One that leads nowhere keeps the focus that it had.
          <button
            key={word}
            type="button"
            className={isThere ? "button" : "button border-dashed text-muted"}
            aria-label={`${word} page of ${name}`}
            aria-disabled={!isThere}
            onClick={() => isThere && onTurn(to)}
          >
            {word}
          </button>
        ))}
      </span>
    </nav>
  );
};
