import type { SeriesMarker, Time, UTCTimestamp } from "lightweight-charts";
import type { Palette } from "~/components/charts/palette";
import type { PointLabel } from "~/components/charts/point-labels";
import type { CandleChart } from "~/contracts/chart-view";

export type Mark = CandleChart["marks"][number];

const RESULT = /([+-])\d[\d.,]*$/;

/** A mark's words with a true minus sign. */
export const formatMark = ({ text }: Pick<Mark, "text">): string => text.replace(/-(?=[\d.,]+$)/, "−");

const exitColour = ({ text }: Mark, palette: Palette): string => {
  const sign = RESULT.exec(text)?.[1];
  if (sign === undefined) return palette.ink;
  return sign === "-" ? palette.loss : palette.gain;
};

/** A long's entry is below its candle and its exit above; a short's the other way round. */
const isAbove = ({ kind, side }: Mark): boolean => (side === "long") === (kind === "exit");

/** Entries point the way they bet, exits are squares, refusals are small dots. */
export const markLook = (mark: Mark, palette: Palette): SeriesMarker<Time> => {
  const at = { time: mark.time as UTCTimestamp, position: isAbove(mark) ? "aboveBar" : "belowBar" } as const;
  switch (mark.kind) {
    case "entry":
      return { ...at, shape: mark.side === "long" ? "arrowUp" : "arrowDown", color: palette.accent };
    case "exit":
      return { ...at, shape: "square", color: exitColour(mark, palette), size: 0.6 };
    case "refused":
      return { ...at, shape: "circle", color: palette.warn, size: 0.4 };
  }
};

/** The words beside entries and exits, the newest first; a refusal shows its text only when pointed at. */
export const markLabels = ({ marks, candles }: CandleChart, palette: Palette): PointLabel[] => {
  const candleAt = new Map(candles.map((candle) => [candle.time, candle]));
  return marks.toReversed().flatMap((mark) => {
    const candle = candleAt.get(mark.time);
    if (!candle || mark.kind === "refused") return [];
    const above = isAbove(mark);
    return [
      {
        time: mark.time,
        price: above ? candle.high : candle.low,
        isAbove: above,
        text: mark.kind === "entry" ? mark.text.replace(/ entry$/, "") : formatMark(mark),
        colour: mark.kind === "entry" ? palette.accent : exitColour(mark, palette),
      },
    ];
  });
};
