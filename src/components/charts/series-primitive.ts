import type { IPrimitivePaneRenderer, ISeriesPrimitive, SeriesAttachedParameter } from "lightweight-charts";

type Target = Parameters<IPrimitivePaneRenderer["draw"]>[0];

export type Drawing = {
  /** Below or above the points of its series. */
  readonly zOrder: "bottom" | "top";
  /** `ground`: the chart and series that it is attached to. */
  readonly draw: (target: Target, ground: SeriesAttachedParameter) => void;
};

/** Something of our own drawn on a series; `redraw` after what it shows has changed. */
export const createSeriesPrimitive = ({ zOrder, draw }: Drawing): ISeriesPrimitive & { redraw(): void } => {
  let ground: SeriesAttachedParameter | null = null;
  const renderer: IPrimitivePaneRenderer = {
    draw: (target) => {
      if (ground !== null) draw(target, ground);
    },
  };
  const views = [{ zOrder: () => zOrder, renderer: () => renderer }];
  return {
    attached: (attached) => {
      ground = attached;
    },
    detached: () => {
      ground = null;
    },
    paneViews: () => views,
    redraw: () => ground?.requestUpdate(),
  };
};
