"use client";

import { Pause, Play } from "lucide-react";
import { Age } from "../ui/age";
import { useLive } from "./live-provider";
import type { StreamStatus } from "./open-live-stream";

const WORDS: Record<StreamStatus, string> = {
  connecting: "Connecting",
  live: "Live",
  waiting: "Offline",
  hidden: "Asleep",
  displaced: "Not live: five newer tabs of yours are",
  ended: "Signed out",
};

const DOT: Record<StreamStatus, string> = {
  connecting: "border border-muted",
  live: "bg-gain",
  waiting: "bg-warn",
  hidden: "border border-muted",
  displaced: "bg-warn",
  ended: "bg-loss",
};

const STALE: ReadonlySet<StreamStatus> = new Set(["waiting", "displaced", "ended"]);

/** For a page that newer ones displaced: it takes its place back when somebody wants it to. */
const ReopenButton = () => {
  const { status, reopen } = useLive();
  if (status !== "displaced") return null;
  return (
    <button type="button" className="rounded-sm px-2 py-1 text-ink hover:bg-raised" onClick={reopen}>
      Go live here
    </button>
  );
};

/** Whether the page follows, how old it is when it does not, and the control that stops it (WCAG 2.2.2). */
export const LiveStatus = () => {
  const { status, heardAt, isPaused, setPaused } = useLive();
  const isStale = STALE.has(status) || isPaused;
  return (
    <div className="flex items-center gap-2 text-sm text-muted">
      <span aria-hidden="true" className={`size-2 rounded-full ${isPaused ? "bg-warn" : DOT[status]}`} />
      <span>
        {isPaused ? "Paused" : WORDS[status]}
        {isStale && heardAt !== null && (
          <span className="text-warn">
            {" "}
            · <Age since={heardAt} suffix=" old" />
          </span>
        )}
      </span>
      <ReopenButton />
      <button
        type="button"
        className="inline-grid size-8 place-items-center rounded-sm hover:bg-raised hover:text-ink"
        aria-label={isPaused ? "Resume live updates" : "Pause live updates"}
        title={isPaused ? "Resume live updates" : "Pause live updates"}
        onClick={() => setPaused(!isPaused)}
      >
        {isPaused ? <Play size={16} aria-hidden="true" /> : <Pause size={16} aria-hidden="true" />}
      </button>
    </div>
  );
};
