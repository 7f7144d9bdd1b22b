import type { ReactNode } from "react";
import type { BotDetail } from "~/contracts/bot-detail";
import { getApi } from "~/trpc/server";
import { cursorOf } from "~/components/lists/with-params";
import { orNotFound } from "~/trpc/or-not-found";
import { COMMAND_ROWS, PAGE_ROWS } from "./page-rows";
import { tradeListingOf, tradesHref } from "./trade-list-address";
import { CyclesView, DecisionsView, OverviewView, PositionsPanel, SettingsView, TradesView } from "./lazy-views";
import { chartChoiceOf } from "./chart-choice";
import { filterOf, type View } from "./views";

type Asked = { readonly bot: BotDetail; readonly query: Readonly<Record<string, unknown>> };

const Overview = async ({ bot, query }: Asked) => {
  const { call } = await getApi();
  const botId = bot.id;
  const [equity, candles, positions, commands, locks, proposals, spend] = await Promise.all([
    call.charts.equity({ botId }),
    // An address may ask for candles that do not exist: the panel then says so, and the rest of the page is shown.
    call.charts.candles({ botId, ...chartChoiceOf(query, bot.pairs) }).catch(() => null),
    call.bots.positions({ botId }),
    call.commands.list({ botId, limit: COMMAND_ROWS }),
    call.commands.locks({ botId }),
    call.proposals.list({ botId }),
    bot.mode.name === "llm" || bot.modelCost !== null ? call.models.ofBot({ botId }) : null,
  ]);
  return <OverviewView initial={bot} {...{ equity, candles, positions, commands, locks, proposals, spend }} />;
};

const Positions = async ({ bot }: Asked) => {
  const { call } = await getApi();
  const positions = await call.bots.positions({ botId: bot.id });
  return <PositionsPanel botId={bot.id} currency={bot.currency} initial={positions} />;
};

const Trades = async ({ bot, query }: Asked) => {
  const { call } = await getApi();
  const [listing, cursor] = [tradeListingOf(query), cursorOf(query)];
  const page = await orNotFound(call.bots.trades({ botId: bot.id, ...listing, cursor, limit: PAGE_ROWS }));
  const key = `${tradesHref(bot.id, listing)} ${cursor}`;
  const of = { botId: bot.id, currency: bot.currency, isBeforeModel: bot.modelCost !== null };
  return <TradesView key={key} {...of} {...{ listing, cursor, page }} />;
};

const Decisions = async ({ bot, query }: Asked) => {
  const { call } = await getApi();
  const filter = filterOf(query["filter"]);
  const cursor = cursorOf(query);
  const page = await orNotFound(call.bots.decisions({ botId: bot.id, filter, cursor, limit: PAGE_ROWS }));
  return <DecisionsView key={`${filter} ${cursor}`} botId={bot.id} {...{ filter, cursor, page }} />;
};

const Cycles = async ({ bot, query }: Asked) => {
  const { call } = await getApi();
  const cursor = cursorOf(query);
  const page = await orNotFound(call.bots.cycles({ botId: bot.id, cursor, limit: PAGE_ROWS }));
  return <CyclesView key={cursor ?? "first"} initial={bot} cursor={cursor} page={page} />;
};

const Settings = ({ bot }: Asked) => <SettingsView initial={bot} />;

const CONTENTS: Record<View, (asked: Asked) => ReactNode | Promise<ReactNode>> = {
  overview: Overview,
  positions: Positions,
  trades: Trades,
  decisions: Decisions,
  cycles: Cycles,
  settings: Settings,
};

/** One part of a bot's page, with its first data. */
export const ViewContent = ({ view, ...asked }: Asked & { readonly view: View }) => {
  const Content = CONTENTS[view];
  return <Content {...asked} />;
};
