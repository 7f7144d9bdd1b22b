import type { ChartOptions, DeepPartial, Time } from "lightweight-charts";
import { formatUtc } from "../format/format-time";
import type { Palette } from "./palette";

const MS = 1000;
const FONT_SIZE = 12;
/** A transparent colour in the one form that canvas and charts agree on. */
export const NONE = "rgba(0, 0, 0, 0)";

/** Times are given in seconds since 1970; other forms are not used here. */
const inUtc = (time: Time): string => (typeof time === "number" ? `${formatUtc(new Date(time * MS))} UTC` : "");

const edges = (palette: Palette) => ({ borderColor: palette.line });

/** Whether a reader may move the chart; the wheel always scrolls the page. */
const moves = (isMovable: boolean): DeepPartial<ChartOptions> => ({
  handleScroll: {
    mouseWheel: false,
    pressedMouseMove: isMovable,
    horzTouchDrag: isMovable,
    vertTouchDrag: false,
  },
  handleScale: {
    mouseWheel: false,
    pinch: isMovable,
    axisPressedMouseMove: isMovable,
    axisDoubleClickReset: isMovable,
  },
  kineticScroll: {
    touch: isMovable && !matchMedia("(prefers-reduced-motion: reduce)").matches,
    mouse: false,
  },
});

/** What all charts share: the theme's colours, UTC, hairlines, no logo (it would need a style element). */
export const chartOptions = (palette: Palette, isMovable: boolean): DeepPartial<ChartOptions> => ({
  autoSize: true,
  layout: {
    attributionLogo: false,
    background: { color: NONE },
    textColor: palette.muted,
    fontFamily: palette.font,
    fontSize: FONT_SIZE,
    panes: { separatorColor: palette.line, separatorHoverColor: palette.line, enableResize: false },
  },
  grid: { vertLines: { visible: false }, horzLines: { color: palette.line } },
  crosshair: {
    vertLine: { color: palette["line-strong"], labelBackgroundColor: palette["line-strong"] },
    horzLine: { color: palette["line-strong"], labelBackgroundColor: palette["line-strong"] },
  },
  rightPriceScale: { ...edges(palette), entireTextOnly: true },
  timeScale: { ...edges(palette), timeVisible: true, secondsVisible: false, lockVisibleTimeRangeOnResize: true },
  localization: { locale: "en-GB", timeFormatter: inUtc },
  ...moves(isMovable),
});
