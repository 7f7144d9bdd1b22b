"use client";

import { formatInstantNear } from "../format/format-time";
import { useWallClock } from "../ui/age";
import { useLive } from "./live-provider";

/** What is wrong with the product or the connection, on every page for as long as it lasts; its end is announced. */
export const TroubleBand = () => {
  const { trouble, since, kind } = useLive().state;
  const now = useWallClock();
  const tone = kind === "stopped" ? "border-loss/50 bg-loss/10" : "border-warn/50 bg-warn/10";
  return (
    <div role="status" aria-label="Trouble">
      {trouble && (
        <div className={`border-t ${tone}`}>
          <p className="mx-auto max-w-[90rem] px-4 py-1.5 text-sm">
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
            {trouble.advice}
          </p>
        </div>
      )}
    </div>
  );
};
