import type { ISeriesPrimitive, Time } from "lightweight-charts";
import { createSeriesPrimitive, type Drawing } from "./series-primitive";

/** A span of the axis, in seconds; both ends are times that the axis has. */
export type Span = { readonly from: number; readonly to: number };

const DISTANCE = 8;

type Hatch = ISeriesPrimitive & { show(spans: readonly Span[]): void };

/** Hatches spans of a series' pane from top to bottom: nothing is known of them. */
export const createHatch = (colour: string): Hatch => {
  let spans: readonly Span[] = [];

  const draw: Drawing["draw"] = (target, { chart }) => {
    const xOf = (time: number): number | null => chart.timeScale().timeToCoordinate(time as Time);
    target.useBitmapCoordinateSpace(({ context, bitmapSize, horizontalPixelRatio }) => {
      context.save();
      context.strokeStyle = colour;
      context.lineWidth = horizontalPixelRatio;
      for (const { from, to } of spans) {
        const [left, right] = [xOf(from), xOf(to)].map((x) => x !== null && x * horizontalPixelRatio);
        if (typeof left !== "number" || typeof right !== "number") continue;
        context.save();
        context.beginPath();
        context.rect(left, 0, right - left, bitmapSize.height);
        context.clip();
        context.beginPath();
        for (let x = left - bitmapSize.height; x < right; x += DISTANCE * horizontalPixelRatio) {
          context.moveTo(x, bitmapSize.height);
          context.lineTo(x + bitmapSize.height, 0);
        }
        context.stroke();
        context.restore();
      }
      context.restore();
    });
  };
  const primitive = createSeriesPrimitive({ zOrder: "bottom", draw });
  return {
    ...primitive,
    show: (next) => {
      spans = next;
      primitive.redraw();
    },
  };
};
