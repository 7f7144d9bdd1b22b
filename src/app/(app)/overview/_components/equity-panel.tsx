"use client";

import Link from "next/link";
import { useMemo } from "react";
import { ChartFrame } from "~/components/charts/chart-frame";
import { PnlPercent } from "~/components/ui/amount";
import { Panel } from "~/components/ui/panel";
import { EmptyState } from "~/components/ui/states";
import type { Overview } from "~/contracts/overview-view";
import { buildEquityLines } from "./build-equity-lines";
import { EquityTable } from "./equity-table";
import { normaliseLines, describeLines, type NormalisedLine } from "./normalise-lines";

const DASHES = { solid: undefined, dashed: "5 3", dotted: "1.5 2.5" } as const;

const Legend = ({ lines }: { readonly lines: readonly NormalisedLine[] }) => (
  <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
    {lines.map(({ botId, name, token, dash, end }) => (
      <li key={botId} className="flex min-h-6 items-center gap-2">
        <svg aria-hidden="true" width="20" height="8" viewBox="0 0 20 8">
          <line
            x1="0"
            x2="20"
            y1="4"
            y2="4"
            stroke={`var(--c-${token})`}
            strokeWidth="2"
            strokeDasharray={DASHES[dash]}
          />
        </svg>
        <Link href={`/bots/${botId}`} className="link">
          {name}
        </Link>
        {/* Wide enough for the longest figure, so that the names beside it do not move. */}
        <span className="inline-block min-w-20">
          <PnlPercent value={end} />
        </span>
      </li>
    ))}
  </ul>
);

/** Every bot's equity as change of its capital, in one chart. */
export const EquityPanel = ({ lines }: { readonly lines: Overview["lines"] }) => {
  const normalised = useMemo(() => normaliseLines(lines), [lines]);
  const summary = describeLines(normalised);
  const hasPoints = normalised.some(({ end }) => end !== null);
  return (
    <Panel
      title="Equity"
      note="Change of each bot's capital since its start, in market time (UTC); the dashed line is the control, a bot that only buys and holds"
    >
      {hasPoints ? (
        <ChartFrame
          build={buildEquityLines}
          data={normalised}
          summary={summary}
          height="h-72"
          legend={<Legend lines={normalised} />}
          table={<EquityTable lines={normalised} />}
        />
      ) : (
        <EmptyState title="No equity yet">
          Each cycle marks a point. The first comes with a bot&apos;s first cycle.
        </EmptyState>
      )}
    </Panel>
  );
};
