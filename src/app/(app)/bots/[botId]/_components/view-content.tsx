import type { ReactNode } from "react";
import type { BotDetail } from "~/contracts/bot-detail";
import { getApi } from "~/trpc/server";
import { PAGE_ROWS } from "./first-page";
import { CyclesView, DecisionsView, OverviewView, PositionsPanel, SettingsView, TradesView } from "./lazy-views";
import { chartChoiceOf } from "./chart-choice";
import { filterOf, type View } from "./views";

type Asked = { readonly bot: BotDetail; readonly query: Readonly<Record<string, unknown>> };

const Overview = async ({ bot, query }: Asked) => {
  const { call } = await getApi();
  const botId = bot.id;
  const [equity, candles, positions, commands, locks, proposals] = await Promise.all([
    call.charts.equity({ botId }),
    // An address may ask for candles that do not exist: the panel then says so, and the rest of the page is shown.
    call.charts.candles({ botId, ...chartChoiceOf(query, bot.pairs) }).catch(() => null),
    call.bots.positions({ botId }),
    call.commands.list({ botId }),
    call.commands.locks({ botId }),
    call.proposals.list({ botId }),
  ]);
  return <OverviewView initial={bot} {...{ equity, candles, positions, commands, locks, proposals }} />;
};

const Positions = async ({ bot }: Asked) => {
  const { call } = await getApi();
  const positions = await call.bots.positions({ botId: bot.id });
  return <PositionsPanel botId={bot.id} currency={bot.currency} initial={positions} />;
};

const Trades = async ({ bot }: Asked) => {
  const { call } = await getApi();
  const first = await call.bots.trades({ botId: bot.id, limit: PAGE_ROWS });
  return <TradesView botId={bot.id} currency={bot.currency} first={first} />;
};

const Decisions = async ({ bot, query }: Asked) => {
  const { call } = await getApi();
  const filter = filterOf(query["filter"]);
  const first = await call.bots.decisions({ botId: bot.id, filter, limit: PAGE_ROWS });
  return <DecisionsView key={filter} botId={bot.id} filter={filter} first={first} />;
};

const Cycles = async ({ bot }: Asked) => {
  const { call } = await getApi();
  const first = await call.bots.cycles({ botId: bot.id, limit: PAGE_ROWS });
  return <CyclesView initial={bot} first={first} />;
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
