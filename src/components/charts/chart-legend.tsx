import type { ReactNode } from "react";

const STROKES = {
  equity: { className: "text-accent", dash: undefined },
  benchmark: { className: "text-benchmark", dash: "4 3" },
  drawdown: { className: "text-loss", dash: undefined },
  opened: { className: "text-demo", dash: "1 3" },
} as const;

type LegendItem = { readonly stroke: keyof typeof STROKES; readonly name: ReactNode };

/** Which line is which, by its colour and its dashes. */
export const ChartLegend = ({ items }: { readonly items: readonly LegendItem[] }) => (
  <ul className="flex flex-wrap gap-x-4 text-sm text-muted">
    {items.map(({ stroke, name }) => (
      <li key={stroke} className="flex items-center gap-1.5">
        <svg aria-hidden="true" viewBox="0 0 20 8" width="20" height="8" className={STROKES[stroke].className}>
          <line
            x1="0"
            x2="20"
            y1="4"
            y2="4"
            stroke="currentColor"
            strokeWidth="2"
            strokeDasharray={STROKES[stroke].dash}
          />
        </svg>
        {name}
      </li>
    ))}
  </ul>
);
