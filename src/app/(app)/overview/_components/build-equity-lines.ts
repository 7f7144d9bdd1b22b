import type { ISeriesApi, UTCTimestamp } from "lightweight-charts";
import type { BuildChart, ChartGround } from "~/components/charts/open-chart";
import { formatPercent } from "~/components/format/format-amount";
import type { NormalisedLine } from "./normalise-lines";

const percent = (value: number): string => formatPercent(value, { digits: 1, isSigned: true });
const STEP = 0.0001;

const addLine = ({ chart, library, palette }: ChartGround, { token, dash }: NormalisedLine): ISeriesApi<"Line"> => {
  const { LineSeries, LineStyle } = library;
  const styles = { solid: LineStyle.Solid, dashed: LineStyle.Dashed, dotted: LineStyle.Dotted };
  return chart.addSeries(LineSeries, {
    color: palette[token],
    lineWidth: 2,
    lineStyle: styles[dash],
    priceLineVisible: false,
    priceFormat: { type: "custom", minMove: STEP, formatter: percent },
  });
};

/** A line a bot; a bot that is new gets its line when it comes, one that is gone loses it. */
export const buildEquityLines: BuildChart<readonly NormalisedLine[]> = (ground) => {
  const series = new Map<string, ISeriesApi<"Line">>();
  return (lines) => {
    for (const [botId, gone] of series) {
      if (lines.some((line) => line.botId === botId)) continue;
      ground.chart.removeSeries(gone);
      series.delete(botId);
    }
    for (const line of lines) {
      const drawn = series.get(line.botId) ?? addLine(ground, line);
      series.set(line.botId, drawn);
      drawn.setData(line.points.map(({ time, value }) => ({ time: time as UTCTimestamp, value })));
    }
  };
};
