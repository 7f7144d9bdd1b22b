"use client";

import { Sparkline } from "~/components/charts/sparkline";
import { formatAmount, formatPercent } from "~/components/format/format-amount";
import { Pnl, PnlPercent } from "~/components/ui/amount";
import { Panel } from "~/components/ui/panel";
import type { BotPreview } from "~/trading/preview/preview-bot";
import type { PreviewState } from "./run-preview";

type Known = Extract<BotPreview, { isKnown: true }>;

const DAYS_DIGITS = 1;
const counted = (count: number, one: string, many: string): string =>
  `${formatAmount(String(count), { digits: 0 })} ${count === 1 ? one : many}`;

const tradesOf = ({ closed, won, open }: Known): string => {
  const ended = closed === 0 ? "No trade closed" : `${won} of ${counted(closed, "closed trade", "closed trades")} won`;
  return open === 0 ? ended : `${ended}, ${open} still open`;
};

/** What came of it, as a sentence and figures. */
const KnownPreview = ({ preview }: { readonly preview: Known }) => {
  const { days, decisions, entries, refused, made, madeFraction, holdingFraction, drawdownFraction, equity } = preview;
  return (
    <>
      <p>
        Over the last {formatAmount(String(days), { digits: DAYS_DIGITS })} days such a bot would have decided{" "}
        <strong className="font-semibold">{counted(decisions, "time", "times")}</strong>, entered{" "}
        <strong className="font-semibold">{counted(entries, "time", "times")}</strong>
        {refused > 0 ? ` (${counted(refused, "wish", "wishes")} refused)` : ""}, and made{" "}
        <strong className="font-semibold">
          <Pnl value={made} currency="USDT" />
        </strong>
        .
      </p>
      <div className="mt-2">
        <Sparkline
          values={equity.map(String)}
          label={`Its equity over that time, ${formatPercent(madeFraction, { isSigned: true })}`}
        />
      </div>
      <dl className="mt-2 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-sm">
        <dt className="text-muted">Result</dt>
        <dd className="text-right">
          <PnlPercent value={madeFraction} />
        </dd>
        <dt className="text-muted">Holding the same pairs</dt>
        <dd className="text-right">
          <PnlPercent value={holdingFraction} />
        </dd>
        <dt className="text-muted">Largest drawdown</dt>
        <dd className="figure text-right">{formatPercent(drawdownFraction)}</dd>
      </dl>
      {preview.differs !== null && <p className="mt-2 text-sm text-warn">But {preview.differs}.</p>}
      <p className="mt-2 text-sm text-muted">
        {tradesOf(preview)}; settled by candles of {preview.timeframe}. So few trades and days say little about the next
        ones.
      </p>
    </>
  );
};

const Progress = ({ done }: { readonly done: number }) => (
  <>
    <p className="text-sm text-muted">Trading the candles that are known…</p>
    <progress className="mt-2 h-2 w-full accent-accent" max={1} value={done} aria-label="Preview" />
  </>
);

const contentOf = (state: PreviewState) => {
  switch (state.kind) {
    case "waiting":
      return <p className="text-sm text-muted">It begins once the settings are complete.</p>;
    case "running":
      return <Progress done={state.done} />;
    case "too-slow":
      return (
        <p className="text-sm text-muted">
          Unknown: these settings are too slow to preview over so many candles. Use fewer or simpler conditions.
        </p>
      );
    case "failed":
      return <p className="text-sm text-muted">Unknown: the preview could not be run in this browser.</p>;
    case "done":
      return state.preview.isKnown ? (
        <KnownPreview preview={state.preview} />
      ) : (
        <p className="text-sm text-muted">Unknown. {state.preview.reason}</p>
      );
  }
};

/** What such a bot would have done over the candles at hand, by the product's own backtest in this browser. */
export const PreviewPanel = ({ state }: { readonly state: PreviewState }) => (
  <Panel title="Such a bot so far">
    <div aria-busy={state.kind === "running"} data-preview={state.kind} className="min-h-52">
      {contentOf(state)}
    </div>
  </Panel>
);
