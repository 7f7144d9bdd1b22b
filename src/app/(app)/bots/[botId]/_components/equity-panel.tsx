"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ChartFrame } from "~/components/charts/chart-frame";
import { ChartLegend } from "~/components/charts/chart-legend";
import { ChartReadout } from "~/components/charts/chart-readout";
import { PointSlider } from "~/components/charts/point-slider";
import { useReadPoint } from "~/components/charts/use-read-point";
import { formatPercent } from "~/components/format/format-amount";
import { formatUtc } from "~/components/format/format-time";
import { ExportLinks } from "~/components/trading/export-links";
import { Panel } from "~/components/ui/panel";
import { EmptyState, ErrorState } from "~/components/ui/states";
import type { EquityChart } from "~/contracts/chart-view";
import { useTRPC } from "~/trpc/react";
import { drawEquity } from "./draw-equity";
import { EquityTable } from "./equity-table";
import { describeEquity, formatEquity, valueAt } from "./describe-equity";

const MS = 1000;

const Legend = ({ view }: { readonly view: EquityChart }) => (
  <ChartLegend
    items={[
      { stroke: "equity", name: `Equity, ${view.currency}` },
      ...(view.buyAndHold.length === 0
        ? []
        : [{ stroke: "benchmark" as const, name: "Buy and hold: its pairs in equal shares" }]),
      { stroke: "drawdown", name: "Drawdown, below" },
      ...(view.openedAt === null
        ? []
        : [{ stroke: "opened" as const, name: `Demo opened ${formatUtc(new Date(view.openedAt * MS))} UTC` }]),
    ]}
  />
);

const Chart = ({ view }: { readonly view: EquityChart }) => {
  const point = useReadPoint(view.equity.at(-1)?.time);
  const build = useMemo(() => drawEquity(point.hover), [point.hover]);
  const data = useMemo(() => ({ view, chosen: point.chosen }), [view, point.chosen]);
  const times = useMemo(() => view.equity.map(({ time }) => time), [view]);
  const values = [
    { name: "Equity", value: formatEquity(valueAt(view.equity, point.time)) },
    { name: "Buy and hold", value: formatEquity(valueAt(view.buyAndHold, point.time)) },
    { name: "Drawdown", value: formatPercent(valueAt(view.drawdown, point.time)) },
  ];
  return (
    <>
      <ChartFrame
        build={build}
        data={data}
        summary={describeEquity(view)}
        height="h-80"
        table={<EquityTable view={view} />}
        legend={
          <div className="grid gap-1">
            <Legend view={view} />
            {view.flows.length > 0 && (
              <p className="text-sm text-muted">▲ money from its account, ▼ back to it: neither gain nor loss</p>
            )}
            <ChartReadout time={point.time} values={values} />
          </div>
        }
      />
      <PointSlider
        name="equity points"
        times={times}
        chosen={point.chosen}
        onChoose={point.choose}
        valueText={values.map(({ name, value }) => `${name} ${value}`).join(", ")}
      />
    </>
  );
};

/** How the bot's equity went, beside buying and holding. Follows live. */
export const EquityPanel = ({ botId, initial }: { readonly botId: string; readonly initial: EquityChart }) => {
  const trpc = useTRPC();
  const query = useQuery({ ...trpc.charts.equity.queryOptions({ botId }), initialData: initial });
  const { data: view, isError, refetch } = query;
  return (
    <Panel
      title="Equity"
      note="Cash + margin + unrealised P&L at each cycle, venue time"
      actions={<ExportLinks kind="equity" botId={botId} />}
    >
      {isError && <ErrorState title="The equity could not be refreshed." onRetry={() => void refetch()} />}
      {view.equity.length === 0 ? (
        <EmptyState title="No equity yet">The first cycle records it; a line appears with the second.</EmptyState>
      ) : (
        <Chart view={view} />
      )}
    </Panel>
  );
};
