import { AccountBadge } from "~/components/trading/account-badge";
import { BotStateBadge } from "~/components/trading/bot-state-badge";
import { LastCycle } from "~/components/trading/last-cycle";
import { NextSlot } from "~/components/trading/next-slot";
import { RefusalCounts } from "~/components/trading/refusal-counts";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import type { BotRow } from "~/contracts/bot-row";
import { BotCurve, BotDrawdown, BotEquity, BotName, BotPnl, BotTrades } from "./bot-cells";

const BotTableRow = ({ bot }: { readonly bot: BotRow }) => (
  <Row>
    <RowHead className="min-w-44">
      <BotName bot={bot} />
    </RowHead>
    <Cell className="min-w-36">
      <AccountBadge {...bot} />
      <span className="mt-1 block text-xs text-muted">{bot.venue.name}</span>
    </Cell>
    <Cell className="max-w-44">
      <BotStateBadge {...bot} />
      {bot.statusReason !== null && (
        <span className="mt-1 line-clamp-3 text-xs text-muted" title={bot.statusReason}>
          {bot.statusReason}
        </span>
      )}
    </Cell>
    <Cell isNumber>
      <BotEquity bot={bot} />
      <span className="mt-1 flex justify-end">
        <BotCurve bot={bot} />
      </span>
    </Cell>
    <Cell isNumber className="w-44 min-w-44">
      <BotPnl bot={bot} />
    </Cell>
    <Cell isNumber>
      <BotDrawdown bot={bot} />
    </Cell>
    <Cell isNumber>
      <BotTrades bot={bot} />
    </Cell>
    <Cell className="min-w-44">
      <LastCycle cycle={bot.lastCycle} />
      <span className="block min-h-8 text-xs text-muted">
        next: <NextSlot slot={bot.nextSlot} venueId={bot.venue.id} />
      </span>
    </Cell>
    <Cell className="min-w-40">
      <RefusalCounts bot={bot} />
    </Cell>
  </Row>
);

/** Bots side by side, for wide screens. */
export const BotTable = ({ bots }: { readonly bots: readonly BotRow[] }) => (
  <Table caption="Your bots" minWidth="min-w-[68rem]">
    <thead>
      <tr>
        <HeadCell>Bot</HeadCell>
        <HeadCell>Venue</HeadCell>
        <HeadCell>State</HeadCell>
        <HeadCell isNumber>Equity</HeadCell>
        <HeadCell isNumber>P&amp;L</HeadCell>
        <HeadCell isNumber>Drawdown</HeadCell>
        <HeadCell isNumber>Trades</HeadCell>
        <HeadCell>Cycles (UTC)</HeadCell>
        <HeadCell>Refused by</HeadCell>
      </tr>
    </thead>
    <tbody>
      {bots.map((bot) => (
        <BotTableRow key={bot.id} bot={bot} />
      ))}
    </tbody>
  </Table>
);
