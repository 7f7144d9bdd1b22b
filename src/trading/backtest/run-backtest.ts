import type { BotSettings } from "../bot-settings";
import type { DrawdownAlert } from "../cycle/watch-drawdown";
import type { BookedFill } from "../cycle/book-fill";
import { startBot, type BotState } from "../cycle/bot-state";
import { firstSlotFrom } from "../cycle/plan-slots";
import type { Timeframe } from "../market/timeframe";
import { quoteOf } from "../market/trading-pair";
import { decimal, sumOf, type Decimal } from "../money";
import type { LedgerTransaction } from "../portfolio/ledger";
import type { RiskedTrade } from "../performance/risked-trade";
import { createAnalyseMarket } from "./analyse-markets";
import { createReadableMarket, type BacktestMarket } from "./readable-market";
import { createStepBot, type StepBot, type Stepped } from "./step-bot";
import { createTally, type DecisionTally } from "./tally-decisions";

export type BacktestBot = { readonly id: string; readonly settings: BotSettings; readonly capital: Decimal };

/** Bots to trade recorded markets. Slots from `from` (inclusive) to `to` (exclusive), ms. */
export type Backtest = {
  readonly bots: readonly BacktestBot[];
  readonly markets: readonly BacktestMarket[];
  /** The venue's shortest timeframe, by which exits settle: that of the market with the coarsest candles. */
  readonly finestTimeframe: Timeframe;
  readonly from: number;
  readonly to: number;
  /** Called before each slot is run: its time (ms) and its bot's id. */
  readonly onSlot?: (time: number, botId: string) => void;
};

/** All that came of one bot, in the order in which it happened. */
export type BacktestResult = {
  readonly botId: string;
  readonly state: BotState;
  readonly slots: number;
  readonly trades: readonly RiskedTrade[];
  readonly fills: readonly BookedFill[];
  readonly postings: readonly LedgerTransaction[];
  readonly alerts: readonly (DrawdownAlert & { readonly at: number })[];
  readonly equity: readonly { readonly at: number; readonly equity: Decimal }[];
  readonly decisions: DecisionTally;
};

type Run = {
  readonly bot: BacktestBot;
  readonly step: StepBot;
  readonly intervalMs: number;
  readonly result: {
    -readonly [Key in keyof BacktestResult]: BacktestResult[Key] extends readonly (infer Item)[]
      ? Item[]
      : BacktestResult[Key];
  };
  readonly tally: ReturnType<typeof createTally>;
  /** What the stops of open positions put at risk, by position. */
  readonly risks: Map<string, Decimal | null>;
  next: number;
};

/** Entry to the stop as planned at the entry, for the whole quantity: its legs too, each from its own price. */
const noteRisks = ({ risks }: Run, { positions }: BotState): void => {
  for (const { id, exitPlan, entryPrice, quantity } of positions) {
    if (risks.has(id)) continue;
    const { stopLoss, entryLegs } = exitPlan;
    const entries = [{ price: entryPrice, quantity }, ...entryLegs];
    const toStop = (stop: string) =>
      entries.map((entry) => decimal(stop).minus(entry.price).abs().times(entry.quantity));
    risks.set(id, stopLoss === null ? null : sumOf(toStop(stopLoss)));
  }
};

const note = (run: Run, time: number, { state, decisions, equity, events }: Stepped): void => {
  const { result, tally, risks } = run;
  result.state = state;
  result.slots += 1;
  if (equity !== null) result.equity.push({ at: time, equity });
  tally.add(time, decisions, events);
  if (events === null) return;
  noteRisks(run, state);
  result.trades.push(...events.trades.map((trade) => ({ trade, risk: risks.get(trade.positionId) ?? null })));
  result.fills.push(...events.fills);
  result.postings.push(...events.postings);
  if (events.alert) result.alerts.push({ ...events.alert, at: time });
};

const startRun = (backtest: Backtest, bot: BacktestBot, steps: { readonly step: StepBot }): Run => {
  const intervalMs = bot.settings.intervalSeconds * 1000;
  const next = firstSlotFrom(backtest.from, intervalMs);
  const currency = quoteOf(bot.settings.pairs[0] ?? "");
  const state = startBot({ initialCapital: bot.capital, currency, at: backtest.from });
  const tally = createTally();
  const nothing = { trades: [], fills: [], postings: [], alerts: [], equity: [] };
  const result = { botId: bot.id, state, slots: 0, ...nothing, decisions: tally.read() };
  return { bot, ...steps, intervalMs, result, tally, risks: new Map(), next };
};

/** Of the runs that come first, the one whose bot's id is first. `runs` are sorted by bot id. */
const firstOf = (runs: readonly Run[]): Run | undefined =>
  runs.reduce<Run | undefined>((first, run) => (first && first.next <= run.next ? first : run), undefined);

const startAll = (backtest: Backtest): Run[] => {
  const { bots, markets, finestTimeframe } = backtest;
  const analyseMarket = createAnalyseMarket(backtest);
  const recorded = markets.map(createReadableMarket);
  const sorted = bots.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return sorted.map((bot) => {
    const { pairs, marketType } = bot.settings;
    const traded = pairs.flatMap((pair) =>
      recorded.filter(({ rules }) => rules.pair === pair && rules.marketType === marketType),
    );
    return startRun(backtest, bot, { step: createStepBot({ finestTimeframe, traded }, analyseMarket) });
  });
};

/**
 * Trades recorded markets slot by slot, by the same pure step as the product: the trades, fills and equity are those of a
 * replay through the whole stack, to the last digit (TRADING 10). Bots of one instant go by their ids.
 */
export const runBacktest = (backtest: Backtest): BacktestResult[] => {
  const runs = startAll(backtest);
  for (let run = firstOf(runs); run !== undefined && run.next < backtest.to; run = firstOf(runs)) {
    const { next: time, bot, step, result } = run;
    backtest.onSlot?.(time, bot.id);
    note(run, time, step(result.state, { time, settings: bot.settings }));
    run.next += run.intervalMs;
  }
  return runs.map(({ result, tally }) => ({ ...result, decisions: tally.read() }));
};
