"use client";

import { useSyncExternalStore } from "react";
import { formatAge, formatInstant } from "../format/format-time";

const TICK_MS = 1000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = 0;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const tell of listeners) tell();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

const snapshot = (): number => {
  if (now === 0) now = Date.now();
  return now;
};

/** The wall clock of this browser, once a second for all components; 0 while the server renders the page. */
export const useWallClock = (): number => useSyncExternalStore(subscribe, snapshot, () => 0);

type AgeProps = { readonly since: Date | null; readonly suffix?: string };

/** How long ago, by the wall clock: "12 s ago". Ticks without asking the server. */
export const Age = ({ since, suffix = " ago" }: AgeProps) => {
  const wallNow = useWallClock();
  if (since === null || wallNow === 0) return <span className="text-muted">—</span>;
  return (
    <time dateTime={since.toISOString()} title={formatInstant(since)} className="figure whitespace-nowrap">
      {formatAge(wallNow - since.getTime())}
      {suffix}
    </time>
  );
};
