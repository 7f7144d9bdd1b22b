"use client";

import { formatInstantNear } from "../format/format-time";
import { useWallClock } from "../ui/age";
import { useLive } from "./live-provider";

/**
 * What is wrong with the product or the connection, on every page for as long as it lasts; its end is announced. It
 * stands at the foot of the view, where it moves nothing.
 */
export const TroubleBand = () => {
  const { state, reopen } = useLive();
  const { trouble, since, kind } = state;
  const now = useWallClock();
  const tone = kind === "stopped" ? "border-loss text-loss" : "border-warn text-warn";
  return (
    <div role="status" aria-label="Trouble" className="sticky bottom-0 z-10">
      {trouble && (
        <div className={`border-t-2 bg-raised ${tone}`}>
          <div className="mx-auto flex max-w-[90rem] flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm">
            <p>
              <strong className="font-semibold">
                {trouble.title}
                {since && (
                  <>
                    {" "}
                    since{" "}
                    <time dateTime={since.toISOString()} className="figure whitespace-nowrap">
                      {formatInstantNear(since, new Date(now))}
                    </time>
                  </>
                )}
                .
              </strong>{" "}
              <span className="text-ink">{trouble.advice}</span>
            </p>
            {reopen !== null && (
              <button type="button" className="button" onClick={reopen}>
                Go live here
              </button>
            )}
          </div>
        </div>
      )}
    </div>
  );
};
