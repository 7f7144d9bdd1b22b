"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useMemo, useRef, useState, type ReactNode } from "react";
import type { LiveMessage } from "~/contracts/live-event";
import type { Pulse } from "~/contracts/pulse";
import { describeLive, lossAfter, type LiveState } from "./describe-live";
import type { StreamStatus } from "./open-live-stream";
import { useLiveStream } from "./use-live-stream";

type Live = {
  /** Whether the page shows current data, in words. */
  readonly state: LiveState;
  readonly lags: Pulse["lags"];
  /** Opens the stream of a page that was displaced; null: it was not. */
  readonly reopen: (() => void) | null;
  /** The reader asked that nothing on the page moves. */
  readonly isPaused: boolean;
  readonly setPaused: (isPaused: boolean) => void;
  /** The last fill, alert or venue change, announced to screen readers. */
  readonly news: LiveMessage | null;
};

const LiveContext = createContext<Live | null>(null);

/** The page's stream. Throws outside of LiveProvider. */
export const useLive = (): Live => {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useLive needs a LiveProvider above it");
  return live;
};

const NEWS: ReadonlySet<LiveMessage["kind"]> = new Set([
  "trade-opened",
  "trade-closed",
  "command",
  "proposal",
  "bot-created",
  "settings-changed",
  "allotment-changed",
  "alert",
  "venue-state",
]);
const NO_LAGS: Pulse["lags"] = [];

const areSame = (one: Pulse | null, other: Pulse): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Opens the one stream of this tab, and tells the page below how it is. */
export const LiveProvider = ({ children }: { readonly children: ReactNode }) => {
  const queryClient = useQueryClient();
  const [status, setStatus] = useState<StreamStatus>("connecting");
  const [pulse, setPulse] = useState<Pulse | null>(null);
  const [lostAt, setLostAt] = useState<Date | null>(null);
  const [news, setNews] = useState<LiveMessage | null>(null);
  const [isPaused, setIsPaused] = useState(false);
  const paused = useRef(false);
  const heardAt = useRef<Date | null>(null);
  const known = useRef<StreamStatus>("connecting");

  const reopen = useLiveStream({
    onStatus: (next) => {
      setStatus(next);
      // What was heard before says nothing about now; the next pulse does.
      if (next !== "live") setPulse(null);
      const openedAt = (heardAt.current ??= new Date());
      const from = known.current;
      known.current = next;
      setLostAt((before) => lossAfter({ from, to: next, lostAt: before }, openedAt));
      // A full page load: none of the user's data stays in memory.
      if (next === "ended") window.location.assign("/sign-in");
    },
    onPulse: (next) => {
      heardAt.current = new Date();
      setPulse((before) => (areSame(before, next) ? before : next));
    },
    onMessage: (message) => {
      heardAt.current = new Date();
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
    const state = describeLive({ status, pulse, lostAt, isPaused });
    const lags = pulse?.lags ?? NO_LAGS;
    return { state, lags, reopen: status === "displaced" ? reopen : null, isPaused, setPaused, news };
  }, [status, pulse, lostAt, reopen, isPaused, news, queryClient]);
  return <LiveContext.Provider value={value}>{children}</LiveContext.Provider>;
};
