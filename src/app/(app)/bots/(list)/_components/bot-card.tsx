import type { ReactNode } from "react";
import { AccountBadge } from "~/components/trading/account-badge";
import { BotStateBadge } from "~/components/trading/bot-state-badge";
import { LastCycle } from "~/components/trading/last-cycle";
import { NextSlot } from "~/components/trading/next-slot";
import { RefusalCounts } from "~/components/trading/refusal-counts";
import type { BotRow } from "~/contracts/bot-row";
import { BotCurve, BotDrawdown, BotEquity, BotName, BotPnl, BotTrades } from "./bot-cells";

type FactProps = { readonly name: string; readonly isWide?: boolean; readonly children: ReactNode };

const Fact = ({ name, isWide = false, children }: FactProps) => (
  <div className={`min-w-0 border-t border-line px-4 py-2 ${isWide ? "col-span-2" : ""}`}>
    <dt className="text-xs text-muted">{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** A bot on a narrow screen: the values of its table row, stacked. */
export const BotCard = ({ bot }: { readonly bot: BotRow }) => (
  <li className="min-w-0 rounded-md border border-line bg-panel text-sm">
    <div className="flex items-start justify-between gap-3 px-4 py-3">
      <div className="min-w-0">
        <BotName bot={bot} />
      </div>
      <div className="flex flex-col items-end gap-1 text-right">
        <BotStateBadge {...bot} />
        <AccountBadge {...bot} />
        <span className="text-xs text-muted">{bot.venue.name}</span>
      </div>
    </div>
    <p className="mb-2 h-5 truncate px-4 text-warn" title={bot.statusReason ?? undefined}>
      {bot.statusReason}
    </p>
    <dl className="grid grid-cols-2">
      <Fact name="Equity">
        <BotEquity bot={bot} />
      </Fact>
      <Fact name="Since its start">
        <BotCurve bot={bot} />
      </Fact>
      <Fact name="P&amp;L" isWide>
        <BotPnl bot={bot} />
      </Fact>
      <Fact name="Drawdown">
        <BotDrawdown bot={bot} />
      </Fact>
      <Fact name="Trades">
        <BotTrades bot={bot} />
      </Fact>
      <Fact name="Last cycle (UTC)">
        <LastCycle cycle={bot.lastCycle} />
      </Fact>
      <Fact name="Next cycle">
        <span className="block min-h-10">
          <NextSlot slot={bot.nextSlot} venueId={bot.venue.id} />
        </span>
      </Fact>
      <Fact name="Refused by" isWide>
        <RefusalCounts bot={bot} />
      </Fact>
    </dl>
  </li>
);
