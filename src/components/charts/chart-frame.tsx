"use client";

import { useState, type ReactNode } from "react";
import { ErrorState, Skeleton } from "../ui/states";
import { ChartMoves } from "./chart-moves";
import type { BuildChart } from "./open-chart";
import { useChart } from "./use-chart";

type CanvasProps<Data> = {
  /** Adds the series; keep it the same between renders (a module's function, or useCallback). */
  readonly build: BuildChart<Data>;
  readonly data: Data;
  /** One sentence that says what the chart shows, with its figures. */
  readonly summary: string;
  /** Tailwind height, the same before and after the chart is there: "h-72". */
  readonly height: string;
  /** The reader may look at a part of it; otherwise all of it is always in view. */
  readonly isMovable?: boolean;
};

const ChartCanvas = <Data,>({ build, data, summary, height, isMovable = false }: CanvasProps<Data>) => {
  const { container, state, move } = useChart({ build, data, isMovable });
  return (
    <>
      <div className={`relative ${height}`}>
        <div ref={container} role="img" aria-label={summary} className="absolute inset-0" />
        {state === "waiting" && <Skeleton className="absolute inset-0" />}
        {state === "failed" && (
          <ErrorState title="The chart could not be loaded." message="Load the page again, or view it as a table." />
        )}
      </div>
      {isMovable && <ChartMoves isDisabled={state !== "drawn"} onMove={move} />}
    </>
  );
};

type ChartFrameProps<Data> = CanvasProps<Data> & {
  /** The same data as a table: an element, which renders only when the reader asks for it. */
  readonly table: ReactNode;
  /** What the lines are, beside the switch. */
  readonly legend?: ReactNode;
};

/** A chart with its legend, its summary in words, and the same data as a table for readers who prefer one. */
export const ChartFrame = <Data,>({ table, legend, ...canvas }: ChartFrameProps<Data>) => {
  const [isTable, setTable] = useState(false);
  return (
    <figure className="m-0 min-w-0">
      {legend !== undefined && <div className="mb-2">{legend}</div>}
      {isTable ? <div className={`overflow-y-auto ${canvas.height}`}>{table}</div> : <ChartCanvas {...canvas} />}
      <figcaption className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
        {/* A fixed number of lines, so that longer figures move nothing below. */}
        <span className="line-clamp-4 h-20 min-w-0 flex-1 basis-64 sm:line-clamp-2 sm:h-10" title={canvas.summary}>
          {canvas.summary}
        </span>
        <a className="link inline-flex min-h-6 items-center" href="https://www.tradingview.com/" rel="noreferrer">
          Charts by TradingView
        </a>
        <button type="button" className="button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          View as table
        </button>
      </figcaption>
    </figure>
  );
};
