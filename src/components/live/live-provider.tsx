"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useMemo, useRef, useState, type ReactNode } from "react";
import type { LiveMessage } from "~/contracts/live-event";
import type { StreamStatus } from "./open-live-stream";
import { useLiveStream } from "./use-live-stream";

type Live = {
  readonly status: StreamStatus;
  /** Wall time of the last word from the server; null before the first. */
  readonly heardAt: Date | null;
  /** Opens the stream of a page that was displaced. */
  readonly reopen: () => void;
  /** The reader asked that nothing on the page moves. */
  readonly isPaused: boolean;
  readonly setPaused: (isPaused: boolean) => void;
  /** The last fill, alert or change of a venue: for those who are told instead of shown. */
  readonly news: LiveMessage | null;
};

const LiveContext = createContext<Live | null>(null);

/** The page's stream. Throws outside of LiveProvider. */
export const useLive = (): Live => {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useLive needs a LiveProvider above it");
  return live;
};

const NEWS: ReadonlySet<LiveMessage["kind"]> = new Set(["trade-opened", "trade-closed", "alert", "venue-state"]);

/** Opens the one stream of this tab, and tells the page below how it is. */
export const LiveProvider = ({ children }: { readonly children: ReactNode }) => {
  const queryClient = useQueryClient();
  const [status, setStatus] = useState<StreamStatus>("connecting");
  const [heardAt, setHeardAt] = useState<Date | null>(null);
  const [news, setNews] = useState<LiveMessage | null>(null);
  const [isPaused, setIsPaused] = useState(false);
  const paused = useRef(false);

  const reopen = useLiveStream({
    onStatus: (next) => {
      setStatus(next);
      // A whole new page: nothing of the user's stays in memory.
      if (next === "ended") window.location.assign("/sign-in");
    },
    onMessage: (message) => {
      setHeardAt(new Date());
      if (NEWS.has(message.kind) && !paused.current) setNews(message);
    },
    isPaused: paused,
  });

  const value = useMemo(() => {
    const setPaused = (next: boolean): void => {
      paused.current = next;
      setIsPaused(next);
      // What changed while the page stood still is read in one go.
      if (!next) void queryClient.invalidateQueries();
    };
    return { status, heardAt, reopen, isPaused, setPaused, news };
  }, [status, heardAt, reopen, isPaused, news, queryClient]);
  return <LiveContext.Provider value={value}>{children}</LiveContext.Provider>;
};
