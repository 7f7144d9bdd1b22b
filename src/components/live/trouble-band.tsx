"use client";

import { formatUtc } from "../format/format-time";
import { useLive } from "./live-provider";

/** What is wrong with the product or the way to it, on every page, as long as it is; and when it is over, to listeners. */
export const TroubleBand = () => {
  const { trouble, since, kind } = useLive().state;
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
                    {formatUtc(since, true).slice(11)} UTC
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
