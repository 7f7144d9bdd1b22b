"use client";

import Link from "next/link";
import { ChangeAllotmentButton } from "~/components/allotment/change-allotment-button";
import { formatPercent } from "~/components/format/format-amount";
import { formatInterval } from "~/components/format/format-time";
import { AccountBadge } from "~/components/trading/account-badge";
import { BotStateBadge } from "~/components/trading/bot-state-badge";
import { ControlBadge } from "~/components/trading/control-badge";
import { describePairs } from "~/components/trading/describe-bot";
import { LastOutcome, LastSlot } from "~/components/trading/last-cycle";
import { NextSlot } from "~/components/trading/next-slot";
import { Amount, Pnl, PnlPercent } from "~/components/ui/amount";
import { Stat, StatGrid } from "~/components/ui/stat";
import { ErrorState } from "~/components/ui/states";
import { VenueTime } from "~/components/ui/venue-time";
import type { BotDetail } from "~/contracts/bot-detail";
import { describeRecent } from "~/contracts/recent-cycles";
import { BotActions } from "./bot-actions";
import { useBot } from "./use-bot";
import { ledgerHref, viewHref } from "./views";
import { whyNot } from "./why-not";

const BEFORE_FIRST = "before its first cycle";

/**
 * Why a bot does not trade. Its height is reserved, because it comes and goes; longer text ends in dots. It holds no
 * link: the hidden lines of a link would cover what is below.
 */
const Hindrance = ({ bot }: { readonly bot: BotDetail }) => {
  const recent = bot.status === "running" ? describeRecent(bot) : null;
  const trouble = recent === null ? null : `It is running, but ${recent}`;
  // A reason that only a disabled button holds is found by nobody who cannot hover.
  const kept = bot.status === "stopped" ? whyNot("archive", bot) : null;
  const text = [kept, bot.statusReason, trouble].filter((part) => part !== null).join(" ");
  return (
    <p className="line-clamp-2 min-h-10 text-sm text-warn sm:line-clamp-1 sm:min-h-5" title={text}>
      {text}
    </p>
  );
};

const BotTitle = ({ bot }: { readonly bot: BotDetail }) => (
  <div className="mb-4 flex items-start justify-between gap-x-6 gap-y-2 max-sm:flex-wrap">
    <div className="min-w-0 grow basis-full sm:basis-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {/* On a narrow screen the name has its own line, so that the words beside it have room. */}
        <h1 className="text-xl font-semibold max-sm:w-full">{bot.name}</h1>
        <AccountBadge {...bot} />
        <BotStateBadge {...bot} />
        <ControlBadge {...bot} />
      </div>
      <p className="text-sm text-muted">
        {bot.mode.title} on {bot.venue.name}, every {formatInterval(bot.intervalSeconds)}, {describePairs(bot)}
      </p>
      <Hindrance bot={bot} />
    </div>
    <div className="flex gap-2 max-sm:grid max-sm:w-full max-sm:grid-cols-2">
      <BotActions bot={bot} />
      {bot.status !== "archived" && (
        <Link href={`/bots/${bot.id}/edit`} className="button">
          Edit
        </Link>
      )}
      <Link href={ledgerHref(bot.id)} className="button">
        Ledger
      </Link>
    </div>
  </div>
);

/** Money that is not known before a first cycle has marked it says so. */
const MoneyStats = ({ bot }: { readonly bot: BotDetail }) => (
  <>
    <Stat
      label="Equity"
      note={
        <>
          of <Amount value={bot.allotment} />
          {/* A line of its own: the allotment changes, and nothing below may move with it. */}
          <span className="block">
            {bot.equityAt === null ? (
              BEFORE_FIRST
            ) : (
              <>
                at <VenueTime at={bot.equityAt} /> UTC
              </>
            )}
          </span>
          {bot.status !== "archived" && (
            <span className="block">
              <ChangeAllotmentButton botId={bot.id} name={bot.name}>
                Change the allotment
              </ChangeAllotmentButton>
            </span>
          )}
        </>
      }
    >
      <Amount value={bot.equity} currency={bot.currency} />
    </Stat>
    <Stat
      label="P&amp;L, closed and open"
      note={
        bot.pnl === null ? (
          BEFORE_FIRST
        ) : (
          <>
            <PnlPercent value={bot.returnFraction} /> of its money
            {bot.modelCost !== null && ", before its model's cost"}
          </>
        )
      }
    >
      <Pnl value={bot.pnl?.total ?? null} currency={bot.currency} />
    </Stat>
    <Stat
      label="Drawdown"
      note={bot.drawdown === null ? BEFORE_FIRST : `below its peak; deepest so far ${formatPercent(bot.drawdown.max)}`}
    >
      <span className="figure">{formatPercent(bot.drawdown?.now ?? null)}</span>
    </Stat>
  </>
);

const BotStats = ({ bot }: { readonly bot: BotDetail }) => (
  <StatGrid>
    <MoneyStats bot={bot} />
    <Stat
      label="Open positions"
      note={
        <Link href={viewHref(bot.id, "trades")} className="link inline-flex min-h-6 items-center">
          {bot.closedTrades} closed trades
        </Link>
      }
    >
      <Link href={viewHref(bot.id, "positions")} className="link figure inline-flex min-h-6 items-center">
        {bot.openPositions}
      </Link>
    </Stat>
    <Stat
      label="Last cycle (UTC)"
      note={
        <>
          <LastOutcome cycle={bot.lastCycle} />
          <span className="block truncate">
            Next: <NextSlot slot={bot.nextSlot} venueId={bot.venue.id} />
          </span>
        </>
      }
    >
      <LastSlot cycle={bot.lastCycle} />
    </Stat>
  </StatGrid>
);

/** The bot's name, state and key figures. Follows live. */
export const BotHead = ({ initial }: { readonly initial: BotDetail }) => {
  const { data: bot, isError, refetch } = useBot(initial);
  return (
    <>
      <BotTitle bot={bot} />
      {isError && <ErrorState title="The bot could not be refreshed." onRetry={() => void refetch()} />}
      <BotStats bot={bot} />
    </>
  );
};
