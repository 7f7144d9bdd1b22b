"use client";

import { Decimal } from "decimal.js";
import { formatAmount, formatPercent } from "~/components/format/format-amount";
import { Badge } from "~/components/ui/badge";
import { Panel } from "~/components/ui/panel";
import type { Hindrance } from "~/trading/preview/find-hindrances";
import type { ShownWorstCases } from "./worker-messages";

type LossProps = { readonly label: string; readonly loss: string; readonly capital: string; readonly note?: string };

const Loss = ({ label, loss, capital, note }: LossProps) => (
  <div className="grid grid-cols-[1fr_auto] items-baseline gap-x-4 border-t border-line py-1.5 first:border-t-0">
    <dt className="text-sm text-muted">{label}</dt>
    <dd className="figure text-right whitespace-nowrap">
      {formatAmount(new Decimal(loss).neg().toFixed())} <span className="text-muted">USDT</span>{" "}
      <span className="text-sm text-muted">
        ({formatPercent(new Decimal(loss).div(capital).toNumber(), { digits: 1 })})
      </span>
    </dd>
    {note !== undefined && <dd className="col-span-2 text-sm text-muted">{note}</dd>}
  </div>
);

type WorstCasePanelProps = {
  readonly worst: ShownWorstCases | null;
  /** Null: what the bot gets is no amount yet. */
  readonly capital: string | null;
};

const sizesOf = ({ valueLeast, valueMost }: ShownWorstCases): string =>
  formatAmount(valueLeast) === formatAmount(valueMost)
    ? `An entry is worth ${formatAmount(valueMost)} USDT.`
    : `An entry is worth ${formatAmount(valueLeast)} to ${formatAmount(valueMost)} USDT.`;

/** What the settings may cost at the worst, on what the bot begins with. */
export const WorstCasePanel = ({ worst, capital }: WorstCasePanelProps) => (
  <Panel title="At the worst" note="With fees, before slippage, on what it begins with.">
    {worst === null || capital === null ? (
      <p className="text-sm text-muted">
        {capital === null
          ? "Enter what the bot gets."
          : "Unknown: no entry passes its limits, or its size depends on what the market does."}
      </p>
    ) : (
      <>
        <dl>
          {worst.tradeAtStop === null ? (
            <Loss label="One trade, all of it" loss={worst.tradeOfAll} capital={capital} note="It has no stop." />
          ) : (
            <Loss
              label="One trade at its stop"
              loss={worst.tradeAtStop}
              capital={capital}
              note={`${formatAmount(worst.tradeAtGap)} USDT where the price gaps 5 % beyond it`}
            />
          )}
          <Loss
            label={worst.positions === 1 ? "Its one position" : `Up to ${worst.positions} positions at once`}
            loss={worst.allStops}
            capital={capital}
            note={`${formatAmount(worst.allGaps)} USDT with such gaps`}
          />
          <Loss label="A day, until entries end" loss={worst.day} capital={capital} />
        </dl>
        <p className="mt-1 text-sm text-muted">{sizesOf(worst)}</p>
      </>
    )}
  </Panel>
);

/** What keeps the bot from trading as it stands. */
export const HindranceList = ({ hindrances }: { readonly hindrances: readonly Hindrance[] }) => (
  <div role="status" aria-label="What keeps it from trading" className="grid gap-2 empty:hidden">
    {hindrances.map(({ key, severity, title, text, change }) => (
      <div
        key={key}
        className={`rounded-md border bg-panel px-4 py-3 text-sm ${severity === "never" ? "border-loss" : "border-warn"}`}
      >
        <p className="mb-1 flex flex-wrap items-center gap-2 font-semibold">
          <Badge tone={severity === "never" ? "loss" : "warn"}>
            {severity === "never" ? "Cannot trade" : "In part"}
          </Badge>
          {title}
        </p>
        <p>{text}</p>
        {change !== null && <p className="mt-1 text-muted">To let it pass: {change}.</p>}
      </div>
    ))}
  </div>
);
