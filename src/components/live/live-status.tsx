"use client";

import { Pause, Play } from "lucide-react";
import { Age } from "../ui/age";
import type { LiveState } from "./describe-live";
import { useLive } from "./live-provider";

const DOT: Record<LiveState["kind"], string> = {
  live: "bg-gain",
  delayed: "bg-warn",
  stopped: "bg-loss",
  broken: "bg-warn",
  paused: "bg-warn",
  idle: "border border-muted",
};

/** Whether the page is current, since when it is not, and the control that pauses updates (WCAG 2.2.2). */
export const LiveStatus = () => {
  const { state, isPaused, setPaused } = useLive();
  return (
    <div className="flex items-center gap-2 text-sm text-muted">
      {/* Wide enough for most words, so that the header stays as it is when they change. */}
      <div className="flex min-w-22 items-center justify-end gap-2">
        <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${DOT[state.kind]}`} />
        <span>
          {state.word}
          {state.since !== null && (
            <span className="text-warn">
              {" "}
              · <Age since={state.since} suffix="" />
            </span>
          )}
        </span>
      </div>
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
