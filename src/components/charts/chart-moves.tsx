import { ChevronLeft, ChevronRight, Maximize2, ZoomIn, ZoomOut } from "lucide-react";
import type { ChartMove } from "./move-chart";

const MOVES = [
  { move: "earlier", name: "Earlier", Icon: ChevronLeft },
  { move: "later", name: "Later", Icon: ChevronRight },
  { move: "closer", name: "Zoom in", Icon: ZoomIn },
  { move: "wider", name: "Zoom out", Icon: ZoomOut },
  { move: "all", name: "Show all", Icon: Maximize2 },
] as const;

type ChartMovesProps = { readonly isDisabled: boolean; readonly onMove: (move: ChartMove) => void };

/** Moves and scales a chart by button and key: nothing needs a drag. */
export const ChartMoves = ({ isDisabled, onMove }: ChartMovesProps) => (
  <fieldset className="mt-1 flex gap-1">
    <legend className="sr-only">Part of the chart in view</legend>
    {MOVES.map(({ move, name, Icon }) => (
      <button
        key={move}
        type="button"
        disabled={isDisabled}
        aria-label={name}
        title={name}
        onClick={() => onMove(move)}
        className="inline-grid size-8 place-items-center rounded-sm text-muted hover:bg-raised hover:text-ink disabled:opacity-60"
      >
        <Icon size={16} aria-hidden="true" />
      </button>
    ))}
  </fieldset>
);
