import type { ISeriesPrimitive, SeriesAttachedParameter, Time } from "lightweight-charts";
import { withOpacity, type Palette } from "./palette";
import { LABEL_HEIGHT, placeLabels, type WantedLabel } from "./place-labels";
import { createSeriesPrimitive, type Drawing } from "./series-primitive";

/** A few words at a point of a series. */
export type PointLabel = {
  /** Seconds; a point that the series has. */
  readonly time: number;
  readonly price: number;
  readonly isAbove: boolean;
  readonly text: string;
  readonly colour: string;
};

type PointLabels = ISeriesPrimitive & {
  /** Earlier labels are placed first. */
  show(labels: readonly PointLabel[]): void;
};

type Context = Pick<CanvasRenderingContext2D, "measureText">;

const FONT_SIZE = 12;
const PAD = 4;
/** Room for the sign that a label belongs to. */
const OFF_POINT = 20;
const BACK_OPACITY = 0.85;

/** Readable labels on a chart: each has its own background, and none covers another. */
export const createPointLabels = (palette: Palette): PointLabels => {
  let shown: readonly PointLabel[] = [];
  const font = `${FONT_SIZE}px ${palette.font}`;

  const wantedOf = (
    label: PointLabel,
    context: Context,
    ground: SeriesAttachedParameter,
  ): (WantedLabel & PointLabel)[] => {
    const x = ground.chart.timeScale().timeToCoordinate(label.time as Time);
    const y = ground.series.priceToCoordinate(label.price);
    if (x === null || y === null) return [];
    const top = label.isAbove ? y - OFF_POINT - LABEL_HEIGHT : y + OFF_POINT;
    return [{ ...label, x, top, width: context.measureText(label.text).width + 2 * PAD }];
  };
  const draw: Drawing["draw"] = (target, ground) =>
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      context.font = font;
      context.textBaseline = "middle";
      const wanted = shown.flatMap((label) => wantedOf(label, context, ground));
      for (const { left, top, width, text, colour } of placeLabels(wanted, mediaSize.width)) {
        context.fillStyle = withOpacity(palette.panel, BACK_OPACITY);
        context.fillRect(left, top, width, LABEL_HEIGHT);
        context.fillStyle = colour;
        context.fillText(text, left + PAD, top + LABEL_HEIGHT / 2);
      }
    });
  const primitive = createSeriesPrimitive({ zOrder: "top", draw });
  return {
    ...primitive,
    show: (labels) => {
      shown = labels;
      primitive.redraw();
    },
  };
};
