import type { IPrimitivePaneRenderer, ISeriesPrimitive, SeriesAttachedParameter, Time } from "lightweight-charts";

const DASH = [1, 3] as const;
const WIDTH = 2;

type VerticalLine = ISeriesPrimitive & {
  /** Seconds of a point that the series has; null: no line. */
  moveTo(time: number | null): void;
};

/** A dotted line from top to bottom of a series' pane, at one of its points: the library has none of its own. */
export const createVerticalLine = (colour: string): VerticalLine => {
  let ground: SeriesAttachedParameter | null = null;
  let time: number | null = null;

  const draw: IPrimitivePaneRenderer["draw"] = (target) => {
    const x = time === null ? null : ground?.chart.timeScale().timeToCoordinate(time as Time);
    if (x === null || x === undefined) return;
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
  const views = [{ zOrder: () => "bottom" as const, renderer: () => ({ draw }) }];
  return {
    attached: (attached) => {
      ground = attached;
    },
    detached: () => {
      ground = null;
    },
    paneViews: () => views,
    moveTo: (next) => {
      time = next;
      ground?.requestUpdate();
    },
  };
};
