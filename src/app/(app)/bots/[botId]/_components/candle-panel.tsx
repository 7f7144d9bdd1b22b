"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { ChartFrame } from "~/components/charts/chart-frame";
import { ChartReadout } from "~/components/charts/chart-readout";
import { PointSlider } from "~/components/charts/point-slider";
import { useReadPoint } from "~/components/charts/use-read-point";
import { Panel } from "~/components/ui/panel";
import { EmptyState, ErrorState, Skeleton } from "~/components/ui/states";
import type { CandleChart } from "~/contracts/chart-view";
import { CHART_TIMEFRAMES } from "~/contracts/choices";
import { useTRPC } from "~/trpc/react";
import { candleStory, candleValues, describeCandles } from "./describe-candles";
import { ChoiceButtons } from "./choice-buttons";
import { drawCandles } from "./draw-candles";
import { MarkKey } from "./mark-key";
import { CandleTables } from "./candle-tables";
import { useChartChoice } from "./use-chart-choice";

const Chart = ({ view }: { readonly view: CandleChart }) => {
  const point = useReadPoint(view.candles.at(-1)?.time);
  const build = useMemo(() => drawCandles(point.hover), [point.hover]);
  const data = useMemo(() => ({ view, chosen: point.chosen }), [view, point.chosen]);
  const times = useMemo(() => view.candles.map(({ time }) => time), [view]);
  const values = candleValues(view, point.time);
  const story = candleStory(view, point.time);
  return (
    <>
      <ChartFrame
        build={build}
        data={data}
        isMovable
        summary={describeCandles(view)}
        height="h-96"
        table={<CandleTables view={view} />}
        legend={
          <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
            <MarkKey view={view} />
            <ChartReadout time={point.time} values={values} story={{ name: "Bot", text: story }} />
          </div>
        }
      />
      <PointSlider
        name="candles"
        times={times}
        chosen={point.chosen}
        onChoose={point.choose}
        valueText={[
          ...values.map(({ name, value }) => `${name} ${value}`),
          ...(story === null ? [] : [`Bot ${story}`]),
        ].join(", ")}
      />
    </>
  );
};

const Content = ({ view, isFailed }: { readonly view: CandleChart | undefined; readonly isFailed: boolean }) => {
  if (!view) return isFailed ? null : <Skeleton className="h-[32rem] w-full" />;
  if (view.candles.length > 0) return <Chart view={view} />;
  return (
    <EmptyState title="No candles yet">They appear once the bot&apos;s first cycle has read this market.</EmptyState>
  );
};

type CandlePanelProps = {
  readonly botId: string;
  readonly pairs: readonly string[];
  /** What the server read for the page's address; null: the read failed. */
  readonly initial: CandleChart | null;
};

/** A pair's candles with entries, exits, refusals and the open position's levels. The address keeps the choice. */
export const CandlePanel = ({ botId, pairs, initial }: CandlePanelProps) => {
  const trpc = useTRPC();
  const { pair, timeframe, choose } = useChartChoice(pairs);
  // The server read only the first choice. A reader who comes back to it later finds newer data in the cache.
  const [first] = useState({ pair, timeframe });
  const isFirst = initial !== null && first.pair === pair && first.timeframe === timeframe;
  const { data, isError, error, refetch } = useQuery({
    ...trpc.charts.candles.queryOptions({ botId, pair, timeframe }),
    ...(isFirst ? { initialData: initial } : {}),
    placeholderData: keepPreviousData,
  });
  return (
    <Panel
      title="Price"
      note={`${pair}, closed candles, times in UTC`}
      actions={
        <div className="flex flex-wrap gap-x-4 gap-y-1">
          <ChoiceButtons legend="Pair" values={pairs} chosen={pair} onChoose={(next) => choose({ pair: next })} />
          <ChoiceButtons
            legend="Timeframe"
            values={data?.timeframes ?? CHART_TIMEFRAMES}
            chosen={timeframe ?? data?.timeframe}
            onChoose={(next) => choose({ timeframe: next })}
          />
        </div>
      }
    >
      {isError && (
        <ErrorState title="The candles could not be loaded." message={error.message} onRetry={() => void refetch()} />
      )}
      <Content view={data} isFailed={isError} />
    </Panel>
  );
};
