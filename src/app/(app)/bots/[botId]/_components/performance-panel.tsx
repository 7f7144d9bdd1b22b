import type { ReactNode } from "react";
import { formatAmount, formatPercent, formatRatio } from "~/components/format/format-amount";
import { PnlPercent } from "~/components/ui/amount";
import { Panel } from "~/components/ui/panel";
import { EmptyState } from "~/components/ui/states";
import type { BotDetail, Performance } from "~/contracts/bot-detail";
import { RATIO_DAYS_MIN, RATIO_TRADES_MIN } from "~/trading/performance/ratio-minimums";
import { PnlStatement } from "./pnl-statement";
import { basisOf, missingFor } from "./ratio-words";

const Fact = ({
  name,
  note,
  children,
}: {
  readonly name: string;
  readonly note?: string;
  readonly children: ReactNode;
}) => (
  <div className="flex flex-wrap items-baseline justify-between gap-x-4 border-t border-line py-1.5 first:border-t-0">
    <dt className="text-muted">{name}</dt>
    <dd className="figure ml-auto text-right">
      {children}
      {note !== undefined && <span className="text-muted"> ({note})</span>}
    </dd>
  </div>
);

type RatioProps = { readonly name: string; readonly text: string; readonly performance: Performance };

const Ratio = ({ name, text, performance }: RatioProps) =>
  performance.isTooFew ? (
    <Fact name={name}>
      <span className="text-muted">{missingFor(performance)}</span>
    </Fact>
  ) : (
    <Fact name={name} note={basisOf(performance)}>
      {text}
    </Fact>
  );

const Ratios = ({ performance, currency }: { readonly performance: Performance; readonly currency: string }) => {
  const { winRate, payoff, breakEvenWinRate, expectancy } = performance;
  const mean = formatAmount(expectancy, { isSigned: true });
  return (
    <>
      <Ratio name="Win rate" text={formatPercent(winRate, { digits: 1 })} performance={performance} />
      <Ratio name="Payoff, mean win ÷ mean loss" text={formatRatio(payoff)} performance={performance} />
      <Ratio
        name="Break-even win rate"
        text={formatPercent(breakEvenWinRate, { digits: 1 })}
        performance={performance}
      />
      <Ratio name="Mean net result per trade" text={`${mean} ${currency}`} performance={performance} />
    </>
  );
};

/** How a bot has done: the parts of its result, and the ratios that its number of trades supports. */
export const PerformancePanel = ({ bot }: { readonly bot: BotDetail }) => {
  const { performance, pnl, currency, id } = bot;
  return (
    <Panel
      title="Performance"
      note={`Ratios are shown from ${RATIO_TRADES_MIN} closed trades and ${RATIO_DAYS_MIN} days of market time; none is annualised`}
    >
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
        {pnl ? (
          <PnlStatement botId={id} pnl={pnl} modelCost={bot.modelCost} currency={currency} />
        ) : (
          <EmptyState title="No result yet">The first cycle records the bot&apos;s equity.</EmptyState>
        )}
        <dl className="text-sm">
          <Fact name="Closed trades" note={`${performance.wins} won, ${performance.losses} lost`}>
            {formatAmount(String(performance.trades), { digits: 0 })}
          </Fact>
          <Fact name="Return" note={basisOf(performance)}>
            <PnlPercent value={performance.returnFraction} />
          </Fact>
          <Fact name="Buy and hold, same period">
            <PnlPercent value={performance.buyAndHoldFraction} />
          </Fact>
          <Fact name="Deepest drawdown">{formatPercent(performance.maxDrawdown)}</Fact>
          <Ratios performance={performance} currency={currency} />
        </dl>
      </div>
    </Panel>
  );
};
