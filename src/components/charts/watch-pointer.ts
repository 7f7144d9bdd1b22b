import type { IChartApi } from "lightweight-charts";

/** Tells the time (seconds) that the pointer is over, null once it has left. */
export const watchPointer = (chart: IChartApi, onTime: (time: number | null) => void): void =>
  chart.subscribeCrosshairMove(({ time }) => onTime(typeof time === "number" ? time : null));
