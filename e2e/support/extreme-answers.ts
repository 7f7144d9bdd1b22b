import type { AccountList } from "../../src/contracts/accounts-view";
import type { BotDetail, OpenPositions } from "../../src/contracts/bot-detail";
import type { BotPage, BotTotals } from "../../src/contracts/bot-list";
import type { BotRow } from "../../src/contracts/bot-row";
import type { CandleChart } from "../../src/contracts/chart-view";
import type { BotModelSpend } from "../../src/contracts/model-spend";
import type { Overview } from "../../src/contracts/overview-view";
import type { LedgerBalances } from "../../src/contracts/position-view";
import type { VenueView } from "../../src/contracts/venue-view";
import type { Alterations } from "./alter-answers";

const HOUR_MS = 3_600_000;
const POSITION_ID = "00000000-0000-7000-8000-000000000000";
const LOSS = "-1234567.89";
const REFUSALS = ["daily-loss-of-capital", "one-entry-per-candle", "worst-case-loss", "position-count"];
const SENTENCE = "It does not answer. It is started again by itself; if it stays so, start 0xBot again.";

type Closed = NonNullable<BotRow["pnl"]>["closed"];
const splitOf = (closed: Closed, amount: string): Closed => ({ ...closed, gross: amount, net: amount, fees: amount });

/** A bot with the shortest texts and figures: nothing has happened yet. */
const quiet = <Bot extends BotRow>(bot: Bot): Bot => ({
  ...bot,
  status: "running",
  tradingState: "active",
  statusReason: null,
  equity: "1.00",
  returnFraction: 0,
  pnl: bot.pnl && {
    ...bot.pnl,
    total: "0",
    closed: splitOf(bot.pnl.closed, "0"),
    unrealized: "0",
    openRealized: "0",
    openFees: "0",
    openFunding: "0",
  },
  drawdown: null,
  openPositions: 0,
  closedTrades: 0,
  lastCycle: null,
  recent: { cycles: 0, skipped: 0, failed: 0 },
  nextSlot: null,
  refusals: [],
});

/** A bot with the longest texts and the widest figures. */
const loud = <Bot extends BotRow>(bot: Bot): Bot => ({
  ...bot,
  status: "running",
  tradingState: "active",
  statusReason: "It only closes positions: equity fell 25 % or more below its peak.",
  allotment: "2222222.22",
  equity: "987654.33",
  returnFraction: -0.5555,
  pnl: bot.pnl && {
    ...bot.pnl,
    total: LOSS,
    closed: splitOf(bot.pnl.closed, LOSS),
    unrealized: LOSS,
    openRealized: LOSS,
    openFees: LOSS,
    openFunding: LOSS,
  },
  drawdown: { now: 0.5555, max: 0.8888 },
  openPositions: 10,
  closedTrades: 12_345,
  lastCycle: bot.lastCycle && { ...bot.lastCycle, status: "abandoned", endedAt: new Date(Date.now() - 0.99 * HOUR_MS) },
  recent: { cycles: 50, skipped: 25, failed: 25 },
  nextSlot: new Date((bot.equityAt ?? new Date()).getTime() + 23.5 * HOUR_MS),
  refusals: REFUSALS.map((rule) => ({ rule, count: 1_234_567 })),
});

const counted = (bot: BotDetail, count: number): BotDetail => ({
  ...bot,
  cycles: { done: count, skipped: count, failed: count },
  modelCost: bot.modelCost && (count === 0 ? "0.000001" : "123456.789012"),
  performance: { ...bot.performance, trades: count, wins: count, losses: count },
});

type Figures = { readonly money: string; readonly share: number; readonly withoutStop: number };

const overviewOf = (overview: Overview, { money, share, withoutStop }: Figures): Overview => ({
  ...overview,
  equity: money.replace("-", ""),
  capital: "2222222.22",
  today: money,
  todayFraction: share,
  unrealized: money,
  openRisk: money,
  openRiskFraction: share,
  withoutStop,
  lines: overview.lines.map((line) => ({
    ...line,
    points: line.points.map(({ time, value }, index) => ({ time, value: index === 0 ? value : value * (1 + share) })),
  })),
});

const balancesOf = (balances: LedgerBalances, amount: string): LedgerBalances => ({
  ...balances,
  accounts: balances.accounts.map(({ account }) => ({ account, balance: amount })),
  unrealized: amount,
  equity: amount,
});

type Note = Overview["attention"][number];
const NOTE: Note = {
  id: "alert:1",
  severity: "critical",
  text: `${SENTENCE} ${SENTENCE}`,
  botId: null,
  venueId: null,
  since: new Date(0),
};

const freeOf = (list: AccountList, free: string): AccountList => ({
  ...list,
  accounts: list.accounts.map((account) => ({ ...account, free })),
});

const spendOf = (spend: BotModelSpend, amount: string, calls: number): BotModelSpend => ({
  ...spend,
  today: amount,
  lastDay: amount,
  callsToday: calls,
  callsLastDay: calls,
  breakEven: calls === 0 ? 0 : 12.3456,
  held: calls === 0 ? null : SENTENCE,
});

/** Every live figure and text at its shortest. They are shown when the first bot's equity is 1.00. */
export const SHORTEST: Alterations = {
  "accounts.list": (list: AccountList) => freeOf(list, "1.00"),
  "bots.byId": (bot: BotDetail) => counted(quiet(bot), 0),
  "models.ofBot": (spend: BotModelSpend) => spendOf(spend, "0", 0),
  "bots.rows": (bots: BotRow[]) => bots.map(quiet),
  "bots.list": (page: BotPage) => ({ ...page, items: page.items.map(quiet) }),
  "bots.totals": (totals: BotTotals) => ({ ...totals, running: 0, openPositions: 0, equity: "1.00", profit: "0" }),
  "bots.positions": (open: OpenPositions) => ({ ...open, unrealized: "0", lossIfEveryStopFills: "0", withoutStop: 0 }),
  "charts.candles": (chart: CandleChart) => ({ ...chart, marks: [], position: null }),
  "overview.get": (overview: Overview) => ({
    ...overviewOf(overview, { money: "1.00", share: 0, withoutStop: 0 }),
    attention: [],
    attentionCount: 0,
  }),
  "ledger.balances": (balances: LedgerBalances) => balancesOf(balances, "1.00"),
  "venues.list": (venues: VenueView[]) =>
    venues.map((venue) => ({ ...venue, message: null, since: null, checkedAt: null, latencyMs: null })),
};

/** Every live figure and text at its longest. They are shown when the first bot's equity is 987,654.33. */
export const LONGEST: Alterations = {
  "accounts.list": (list: AccountList) => freeOf(list, "987654.33"),
  "bots.byId": (bot: BotDetail) => counted(loud(bot), 123_456),
  "models.ofBot": (spend: BotModelSpend) => spendOf(spend, "123456.789", 1_234_567),
  "bots.rows": (bots: BotRow[]) => bots.map(loud),
  "bots.list": (page: BotPage) => ({ ...page, items: page.items.map(loud) }),
  "bots.totals": (totals: BotTotals) => ({
    ...totals,
    running: 1000,
    openPositions: 10_000,
    equity: "987654321.33",
    profit: LOSS,
  }),
  "bots.positions": (open: OpenPositions) => ({
    ...open,
    unrealized: LOSS,
    lossIfEveryStopFills: LOSS,
    lossWithGap: LOSS,
    withoutStop: 10,
  }),
  "charts.candles": (chart: CandleChart) => ({
    ...chart,
    position: {
      id: POSITION_ID,
      side: "short",
      entryPrice: "123456.7",
      legs: ["123456.7"],
      stopName: "break-even stop",
      targets: ["123456.7", "123456.7"],
      stopLoss: "123456.7",
      takeProfit: "123456.7",
    },
  }),
  "overview.get": (overview: Overview) => ({
    ...overviewOf(overview, { money: "-987654.33", share: -0.8888, withoutStop: 10 }),
    attention: [NOTE, { ...NOTE, id: "alert:2" }],
    attentionCount: 1234,
  }),
  "ledger.balances": (balances: LedgerBalances) => balancesOf(balances, "-987654.33"),
  "venues.list": (venues: VenueView[]) =>
    venues.map((venue) => ({
      ...venue,
      clock: venue.clock && { ...venue.clock, speed: 0 },
      message: SENTENCE,
      since: new Date(Date.now() - HOUR_MS),
      checkedAt: new Date(Date.now() - HOUR_MS),
      latencyMs: 59_999,
    })),
};
