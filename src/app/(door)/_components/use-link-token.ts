"use client";

import { useSyncExternalStore } from "react";

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
};

/** What a mailed link carries behind its #, which no server sees; "": nothing; null: not known until the page is live. */
export const useLinkToken = (): string | null =>
  useSyncExternalStore<string | null>(
    subscribe,
    () => window.location.hash.slice(1),
    () => null,
  );

/** Takes a token that was used up out of the address and the browser's history. */
export const forgetLinkToken = (): void => window.history.replaceState(null, "", window.location.pathname);
