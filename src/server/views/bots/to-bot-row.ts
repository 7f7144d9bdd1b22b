import { VENUE_CATALOGUE } from "~/trading/venue-catalogue";
import type { BotRow } from "~/contracts/bot-row";
import { describeStatus } from "~/trading/cycle/describe-status";
import { isControl } from "~/trading/decision/is-control";
import { isFundingKnown } from "~/trading/settlement/funding";
import { minOf, toPlain } from "~/trading/money";
import type { ClosedProfit } from "~/trading/portfolio/profit";
import { dailyLoss } from "~/trading/risk/basis/daily-loss";
import { openProfitOf } from "./open-profit";
import { lossPauseUntil } from "~/trading/risk/loss-pause";
import { drawdownOf, type BotFacts } from "./load-bot-facts";
import { toModeView } from "../to-mode-view";

export const toPnlSplit = ({ gross, slippage, fees, funding, net }: ClosedProfit) => ({
  gross: toPlain(gross),
  slippage: toPlain(slippage),
  fees: toPlain(fees),
  funding: toPlain(funding),
  net: toPlain(net),
});

const isDailyLossReached = ({ day: { dayStart, dayLow }, capital, equity, settings }: BotFacts): boolean => {
  if (!equity || !dayLow) return false;
  const portfolio = {
    dayStartEquity: dayStart ?? capital,
    dayLowEquity: minOf(equity, dayLow),
    initialCapital: capital,
  };
  const { measured, limit } = dailyLoss(portfolio, settings.risk);
  return measured.gte(limit);
};

const pauseOf = ({ pausing, settings }: BotFacts): number | null =>
  pausing ? lossPauseUntil([{ ...pausing, exitedAt: pausing.exitedAt.getTime() }], settings.risk) : null;

/** What the losses of a bot keep it from. The control is exempt from all of it, as it is in the gate. */
const heldBackBy = (facts: BotFacts) => {
  const { settings } = facts;
  if (isControl(settings)) return { isDrawdownReached: false, lossPauseUntil: null, isDailyLossReached: false };
  return {
    isDrawdownReached: drawdownOf(facts)?.now.gte(settings.risk.drawdownMax) ?? false,
    lossPauseUntil: pauseOf(facts),
    isDailyLossReached: isDailyLossReached(facts),
  };
};

const statusReasonOf = (facts: BotFacts): string | null => {
  const { bot, settings } = facts;
  const { drawdownMax, consecutiveLossesMax } = settings.risk;
  return describeStatus({
    status: bot.status,
    tradingState: bot.tradingState,
    isMarketGone: bot.isMarketGone,
    isMarketPaused: bot.isMarketPaused,
    ...heldBackBy(facts),
    drawdownMax,
    now: bot.venueNow.getTime(),
    consecutiveLossesMax,
  });
};

const lastCycleOf = ({ cycleId, cycleSlot, cycleStatus, skipReason, cycleEndedAt }: BotFacts["bot"]) =>
  cycleId !== null && cycleSlot && cycleStatus !== null
    ? { id: cycleId, slot: cycleSlot, status: cycleStatus, skipReason, endedAt: cycleEndedAt }
    : null;

const pnlOf = ({ equity, profit, settings, open }: BotFacts): BotRow["pnl"] => {
  const { unrealized, realized } = openProfitOf({ open });
  return (
    equity && {
      total: toPlain(profit.total),
      closed: toPnlSplit(profit.closed),
      isFundingKnown: isFundingKnown(settings),
      unrealized: toPlain(unrealized),
      openRealized: toPlain(realized),
      openFees: toPlain(profit.openFees),
      openFunding: toPlain(profit.openFunding),
    }
  );
};

const moneyPart = (facts: BotFacts) => {
  const { capital, equity, equityAt, open, closed, curve } = facts;
  const drawdown = drawdownOf(facts);
  return {
    allotment: toPlain(capital),
    equity: equity && toPlain(equity),
    equityAt,
    // The newest point is as old as its slot; the line ends with equity as it is now.
    sparkline: equity ? [...(curve?.values.slice(0, -1) ?? []), toPlain(equity)] : [],
    pnl: pnlOf(facts),
    returnFraction: facts.returnFraction,
    drawdown: drawdown && { now: drawdown.now.toNumber(), max: drawdown.max.toNumber() },
    openPositions: open.length,
    closedTrades: closed.trades,
  };
};

/** A bot's facts as its row shows them. */
export const toBotRow = (facts: BotFacts): BotRow => {
  const { bot, settings, refusals } = facts;
  return {
    id: bot.id,
    name: bot.name,
    mode: toModeView(settings),
    venue: {
      id: bot.venueId,
      kind: bot.venueKind,
      name: bot.venueName,
      isSimulated: VENUE_CATALOGUE[bot.venueKind].isSimulated,
    },
    accountKind: bot.accountKind,
    status: bot.status,
    tradingState: bot.tradingState,
    statusReason: statusReasonOf(facts),
    currency: bot.currency,
    pairs: settings.pairs,
    intervalSeconds: bot.intervalSeconds,
    ...moneyPart(facts),
    lastCycle: lastCycleOf(bot),
    recent: { cycles: bot.recentCycles, skipped: bot.recentSkipped, failed: bot.recentFailed },
    nextSlot: bot.nextSlot,
    refusals: refusals.map(({ rule, count }) => ({ rule, count })),
  };
};
