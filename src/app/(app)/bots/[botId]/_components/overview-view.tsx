"use client";

import type { BotDetail, OpenPositions } from "~/contracts/bot-detail";
import type { CandleChart, EquityChart } from "~/contracts/chart-view";
import type { Page } from "~/contracts/list-page";
import type { CommandView, LockView } from "~/contracts/command-view";
import type { BotModelSpend } from "~/contracts/model-spend";
import { ProposalsPanel } from "~/components/steering/proposals-panel";
import type { Proposals } from "~/contracts/proposal-view";
import { CommandsPanel } from "./commands-panel";
import { CandlePanel } from "./candle-panel";
import { EquityPanel } from "./equity-panel";
import { ModelCostPanel } from "./model-cost-panel";
import { LocksPanel } from "./locks-panel";
import { PerformancePanel } from "./performance-panel";
import { PositionsPanel } from "./positions-panel";
import { useBot } from "./use-bot";

type OverviewViewProps = {
  readonly initial: BotDetail;
  readonly equity: EquityChart;
  readonly candles: CandleChart | null;
  readonly positions: OpenPositions;
  readonly commands: Page<CommandView>;
  readonly locks: LockView[];
  readonly proposals: Proposals;
  /** Null: it asks no model, and never did. */
  readonly spend: BotModelSpend | null;
};

const isAsking = ({ settings }: BotDetail): boolean =>
  settings.some(({ lines }) => lines.some(({ label }) => label === "Approval"));

/** How the bot has done, what it did on the market, and what it holds. */
export const OverviewView = ({
  initial,
  equity,
  candles,
  positions,
  commands,
  locks,
  proposals,
  spend,
}: OverviewViewProps) => {
  const { data: bot } = useBot(initial);
  return (
    <div className="grid gap-4">
      <ProposalsPanel botId={bot.id} initial={proposals} isAsking={isAsking(bot)} />
      <EquityPanel botId={bot.id} initial={equity} />
      <CandlePanel botId={bot.id} pairs={bot.pairs} initial={candles} />
      <PositionsPanel botId={bot.id} currency={bot.currency} initial={positions} />
      <LocksPanel bot={bot} initial={locks} />
      <PerformancePanel bot={bot} />
      {spend && <ModelCostPanel initial={spend} />}
      <CommandsPanel botId={bot.id} initial={commands} />
    </div>
  );
};
