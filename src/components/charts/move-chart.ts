import type { ITimeScaleApi, Time } from "lightweight-charts";

/** What can be done to a chart without dragging it (WCAG 2.5.7). */
export type ChartMove = "earlier" | "later" | "closer" | "wider" | "all";

const STEP = 0.25;
const BARS_MIN = 8;

/** The bars in view after a move; null: all of them. `from` and `to` are bar numbers. */
export const movedRange = (
  { from, to }: { readonly from: number; readonly to: number },
  move: ChartMove,
): { from: number; to: number } | null => {
  const step = (to - from) * STEP;
  switch (move) {
    case "earlier":
      return { from: from - step, to: to - step };
    case "later":
      return { from: from + step, to: to + step };
    case "closer":
      // The newest bar stays where it is: that is what a reader looks at.
      return { from: Math.min(from + step, to - BARS_MIN), to };
    case "wider":
      return { from: from - step, to };
    case "all":
      return null;
  }
};

/** Shows another part of a chart's time. */
export const moveChart = (timeScale: ITimeScaleApi<Time>, move: ChartMove): void => {
  const range = timeScale.getVisibleLogicalRange();
  const moved = range && movedRange(range, move);
  if (moved) timeScale.setVisibleLogicalRange(moved);
  else timeScale.fitContent();
};
