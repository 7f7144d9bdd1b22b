"use client";

import Link from "next/link";
import { Sparkline } from "~/components/charts/sparkline";
import { formatPercent } from "~/components/format/format-amount";
import { useSteadyRows } from "~/components/live/use-steady-rows";
import { WaitingRows } from "~/components/live/waiting-rows";
import { AccountBadge } from "~/components/trading/account-badge";
import { BotStateBadge } from "~/components/trading/bot-state-badge";
import { ControlBadge } from "~/components/trading/control-badge";
import { Amount, Pnl, PnlPercent } from "~/components/ui/amount";
import { Panel } from "~/components/ui/panel";
import type { BotRow } from "~/contracts/bot-row";

const BotLine = ({ bot }: { readonly bot: BotRow }) => {
  const change = formatPercent(bot.returnFraction, { isSigned: true });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-t border-line px-4 py-2 sm:grid-cols-[minmax(0,1fr)_6rem_9rem_9rem]">
      <div className="min-w-0">
        <Link href={`/bots/${bot.id}`} className="link inline-flex min-h-6 items-center font-semibold">
          {bot.name}
        </Link>
        {/* Always two lines on a narrow screen, so that no state changes the height. */}
        <p className="flex flex-wrap content-start items-center gap-x-2 gap-y-1 text-xs text-muted max-sm:min-h-12">
          <AccountBadge {...bot} />
          <BotStateBadge {...bot} />
          <ControlBadge {...bot} />
          {bot.mode.title}
        </p>
      </div>
      <Sparkline values={bot.sparkline} label={`Equity of ${bot.name} since its start: ${change}`} />
      <div className="sm:text-right">
        <Amount value={bot.equity} currency={bot.currency} />
        <p className="text-xs text-muted">drawdown {formatPercent(bot.drawdown?.now ?? null)}</p>
      </div>
      <div className="text-right">
        <Pnl value={bot.pnl?.total ?? null} />
        <p className="text-xs">
          <PnlPercent value={bot.returnFraction} />
        </p>
      </div>
    </li>
  );
};

const idOf = ({ id }: BotRow): string => id;

/** The largest bots in one line each; the list of bots has the rest. */
export const BotsPanel = ({ bots, count }: { readonly bots: readonly BotRow[]; readonly count: number }) => {
  const { shown, waiting, show, frame } = useSteadyRows(bots, idOf);
  return (
    <Panel
      title="Bots"
      {...(count > bots.length && { note: `The ${bots.length} with the most capital, of ${count}` })}
      isFlush
      corner={
        <div className="flex items-center gap-3">
          <WaitingRows count={waiting} name="bots" onShow={show} />
          <Link href="/bots/new" className="link inline-flex min-h-6 items-center text-sm">
            New bot
          </Link>
          <Link href="/bots" className="link inline-flex min-h-6 items-center text-sm">
            {count > bots.length ? `All ${count} bots` : "All details"}
          </Link>
        </div>
      }
    >
      <div {...frame}>
        <ul className="text-sm">
          {shown.map((bot) => (
            <BotLine key={bot.id} bot={bot} />
          ))}
        </ul>
      </div>
    </Panel>
  );
};
