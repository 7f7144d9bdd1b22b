import type { ISeriesPrimitive, Time } from "lightweight-charts";
import { createSeriesPrimitive, type Drawing } from "./series-primitive";

const DASH = [1, 3] as const;
const WIDTH = 2;

type VerticalLine = ISeriesPrimitive & {
  /** Seconds of a point that the series has; null: no line. */
  moveTo(time: number | null): void;
};

/** A dotted line from top to bottom of a series' pane, at one of its points: the library has none of its own. */
export const createVerticalLine = (colour: string): VerticalLine => {
  let time: number | null = null;

  const draw: Drawing["draw"] = (target, { chart }) => {
    const x = time === null ? null : chart.timeScale().timeToCoordinate(time as Time);
    if (x === null) return;
    target.useBitmapCoordinateSpace(({ context, bitmapSize, horizontalPixelRatio }) => {
      context.strokeStyle = colour;
      context.lineWidth = WIDTH * horizontalPixelRatio;
      context.setLineDash(DASH.map((length) => length * WIDTH * horizontalPixelRatio));
      context.beginPath();
      context.moveTo(x * horizontalPixelRatio, 0);
      context.lineTo(x * horizontalPixelRatio, bitmapSize.height);
      context.stroke();
      context.setLineDash([]);
    });
  };
  const primitive = createSeriesPrimitive({ zOrder: "bottom", draw });
  return {
    ...primitive,
    moveTo: (next) => {
      time = next;
      primitive.redraw();
    },
  };
};
