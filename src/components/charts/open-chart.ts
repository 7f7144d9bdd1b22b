import type { IChartApi } from "lightweight-charts";
import { THEME_CHANGED } from "~/contracts/theme";
import { chartOptions } from "./chart-options";
import { moveChart, type ChartMove } from "./move-chart";
import { readPalette, type Palette } from "./palette";

/** The chart library, loaded when a chart comes near the view. */
type ChartLibrary = typeof import("lightweight-charts");

/** What a chart is drawn on: times are seconds since 1970, UTC. */
export type ChartGround = {
  readonly chart: IChartApi;
  readonly library: ChartLibrary;
  readonly palette: Palette;
};

/** Adds its series to a new chart and returns what shows data in them. Called for each theme: keep no state outside. */
export type BuildChart<Data> = (ground: ChartGround) => (data: Data) => void;

export type ChartState = "waiting" | "drawn" | "failed";

export type ChartSpec<Data> = {
  readonly build: BuildChart<Data>;
  readonly data: Data;
  /** The reader may move and scale it; otherwise all of it is always in view. */
  readonly isMovable: boolean;
  readonly onState: (state: ChartState) => void;
};

export type OpenChart<Data> = {
  /** Shows newer data, at once or when the chart is there. */
  show(data: Data): void;
  move(move: ChartMove): void;
  close(): void;
};

/** How far below the view a chart is prepared. */
const NEAR = "200px";

const whenNear = (element: HTMLElement, work: () => void): (() => void) => {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      work();
    },
    { rootMargin: NEAR },
  );
  observer.observe(element);
  return () => observer.disconnect();
};

/** Draws a chart into an element once that is near the view, again in each theme, and takes it away on close. */
export const openChart = <Data>(element: HTMLElement, spec: ChartSpec<Data>): OpenChart<Data> => {
  let data = spec.data;
  let isClosed = false;
  let library: ChartLibrary | undefined;
  let drawn: { chart: IChartApi; show: (data: Data) => void } | undefined;

  const draw = (): void => {
    if (!library) return;
    drawn?.chart.remove();
    const palette = readPalette(element);
    const chart = library.createChart(element, chartOptions(palette, spec.isMovable));
    drawn = { chart, show: spec.build({ chart, library, palette }) };
    drawn.show(data);
    chart.timeScale().fitContent();
  };
  const load = async (): Promise<void> => {
    try {
      library = await import("lightweight-charts");
    } catch {
      if (!isClosed) spec.onState("failed");
      return;
    }
    if (isClosed) return;
    draw();
    spec.onState("drawn");
  };
  const stopWatching = whenNear(element, () => void load());
  window.addEventListener(THEME_CHANGED, draw);
  return {
    show: (next) => {
      data = next;
      drawn?.show(next);
      if (!spec.isMovable) drawn?.chart.timeScale().fitContent();
    },
    move: (move) => drawn && moveChart(drawn.chart.timeScale(), move),
    close: () => {
      isClosed = true;
      stopWatching();
      window.removeEventListener(THEME_CHANGED, draw);
      drawn?.chart.remove();
      drawn = undefined;
    },
  };
};
