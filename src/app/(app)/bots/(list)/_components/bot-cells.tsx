import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { Sparkline } from "~/components/charts/sparkline";
import { formatAmount, formatPercent } from "~/components/format/format-amount";
import { formatInterval } from "~/components/format/format-time";
import { ControlBadge } from "~/components/trading/control-badge";
import { describePairs } from "~/components/trading/describe-bot";
import { PnlSum } from "~/components/trading/pnl-sum";
import { Amount, Pnl, PnlPercent } from "~/components/ui/amount";
import type { BotRow } from "~/contracts/bot-row";

/** The parts of a bot's row: a table shows them side by side, a card stacks them. */
type BotProps = { readonly bot: BotRow };

export const BotName = ({ bot }: BotProps) => (
  <>
    <Link href={`/bots/${bot.id}`} className="link inline-flex min-h-6 items-center font-semibold">
      {bot.name}
    </Link>{" "}
    <ControlBadge {...bot} />
    <span className="block text-xs text-muted">
      {bot.mode.title}, every {formatInterval(bot.intervalSeconds)}
    </span>
    <span className="block text-xs text-muted">{describePairs(bot)}</span>
  </>
);

export const BotEquity = ({ bot }: BotProps) => (
  <>
    <Amount value={bot.equity} currency={bot.currency} />
    <span className="block text-xs text-muted">
      of <Amount value={bot.allotment} />
    </span>
  </>
);

export const BotCurve = ({ bot }: BotProps) => {
  const change = bot.equity === null ? "unknown" : formatPercent(bot.returnFraction, { isSigned: true });
  return <Sparkline values={bot.sparkline} label={`Equity of ${bot.name} since its start: ${change}`} />;
};

export const BotPnl = ({ bot }: BotProps) => {
  if (!bot.pnl) return <span className="text-muted">—</span>;
  return (
    <>
      <Pnl value={bot.pnl.total} />
      <span className="block text-xs">
        <PnlPercent value={bot.returnFraction} />
      </span>
      <details className="group/sum mt-1">
        <summary className="inline-flex min-h-6 items-center gap-1 text-xs text-muted hover:text-ink">
          What it is made of
          <ChevronDown size={14} aria-hidden="true" className="group-open/sum:rotate-180" />
        </summary>
        <PnlSum pnl={bot.pnl} />
      </details>
    </>
  );
};

export const BotDrawdown = ({ bot: { drawdown } }: BotProps) => (
  <>
    <span className="figure whitespace-nowrap">{formatPercent(drawdown?.now ?? null)}</span>
    <span className="figure block text-xs whitespace-nowrap text-muted">
      max {formatPercent(drawdown?.max ?? null)}
    </span>
  </>
);

const count = (value: number): string => formatAmount(String(value), { digits: 0 });

export const BotTrades = ({ bot }: BotProps) => (
  <>
    <Link href={`/bots/${bot.id}?view=trades`} className="link inline-flex min-h-6 items-center whitespace-nowrap">
      {count(bot.closedTrades)} closed
    </Link>
    <span className="block text-xs">
      <Link href={`/bots/${bot.id}?view=positions`} className="link inline-flex min-h-6 items-center whitespace-nowrap">
        {count(bot.openPositions)} open
      </Link>
    </span>
  </>
);
