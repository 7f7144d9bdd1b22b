import type { BotSettings } from "../bot-settings";
import type { DrawdownAlert } from "../cycle/watch-drawdown";
import type { BookedFill } from "../cycle/book-fill";
import { startBot, type BotState } from "../cycle/bot-state";
import { llmSettingsOf } from "../cycle/model-question";
import { firstSlotFrom } from "../cycle/plan-slots";
import { DAY_MS } from "../market/duration";
import type { Timeframe } from "../market/timeframe";
import { quoteOf } from "../market/trading-pair";
import { decimal, sumOf, type Decimal, type DecimalInput } from "../money";
import type { LedgerTransaction } from "../portfolio/ledger";
import type { RiskedTrade } from "../performance/risked-trade";
import { createMarketReader } from "./analyse-markets";
import { createPassQuietly } from "./pass-quietly";
import { createReadableMarket, type BacktestMarket } from "./readable-market";
import { createRecordedAnswers, type ModelTally, type RecordedModel } from "./recorded-model";
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
  /** What stands for the models of bots that ask one; absent: nobody is asked, and those bots hold. */
  readonly model?: RecordedModel;
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
  /** How the questions to its model were answered; null: it asks none, or there is nobody to ask. */
  readonly model: ModelTally | null;
};

type Answers = ReturnType<typeof createRecordedAnswers>;

type Run = {
  readonly bot: BacktestBot;
  readonly steps: StepBot;
  readonly pass: ReturnType<typeof createPassQuietly>;
  readonly intervalMs: number;
  readonly result: {
    -readonly [Key in keyof BacktestResult]: BacktestResult[Key] extends readonly (infer Item)[]
      ? Item[]
      : BacktestResult[Key];
  };
  readonly tally: ReturnType<typeof createTally>;
  readonly answers: Answers | null;
  /** What the stops of open positions put at risk, by position. */
  readonly risks: Map<string, Decimal | null>;
  next: number;
};

/** Entry to the stop as planned at the entry, for the whole plan: each leg of it is entered on the way there. */
const riskOf = ({ entryPrice, quantity, exitPlan }: BotState["positions"][number]): Decimal | null => {
  const { stopLoss, entryLegs } = exitPlan;
  if (stopLoss === null) return null;
  const lost = (price: DecimalInput, of: DecimalInput): Decimal => decimal(stopLoss).minus(price).abs().times(of);
  return sumOf([lost(entryPrice, quantity), ...entryLegs.map((leg) => lost(leg.price, leg.quantity))]);
};

const noteRisks = ({ risks }: Run, { positions }: BotState): void => {
  for (const position of positions) if (!risks.has(position.id)) risks.set(position.id, riskOf(position));
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

const startRun = (backtest: Backtest, bot: BacktestBot, means: Pick<Run, "steps" | "pass" | "answers">): Run => {
  const intervalMs = bot.settings.intervalSeconds * 1000;
  const next = firstSlotFrom(backtest.from, intervalMs);
  const currency = quoteOf(bot.settings.pairs[0] ?? "");
  const state = startBot({ initialCapital: bot.capital, currency, at: backtest.from });
  const tally = createTally();
  const nothing = { trades: [], fills: [], postings: [], alerts: [], equity: [] };
  const result = { botId: bot.id, state, slots: 0, ...nothing, decisions: tally.read(), model: null };
  return { bot, ...means, intervalMs, result, tally, risks: new Map(), next };
};

const answersFor = ({ model }: Backtest, { settings }: BacktestBot): Answers | null => {
  const asking = llmSettingsOf(settings);
  return model !== undefined && asking !== null ? createRecordedAnswers(model, asking.model) : null;
};

const startAll = (backtest: Backtest): Run[] => {
  const { bots, markets, finestTimeframe } = backtest;
  const reader = createMarketReader(backtest);
  const recorded = markets.map(createReadableMarket);
  const sorted = bots.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return sorted.map((bot) => {
    const { pairs, marketType } = bot.settings;
    const traded = pairs.flatMap((pair) =>
      recorded.filter(({ rules }) => rules.pair === pair && rules.marketType === marketType),
    );
    const botMarkets = { finestTimeframe, traded };
    const answers = answersFor(backtest, bot);
    return startRun(backtest, bot, {
      answers,
      steps: createStepBot(botMarkets, reader, answers?.ask),
      pass: createPassQuietly(botMarkets, reader),
    });
  });
};

/** Says which slots come before `end` (ms), in the order of time, at one instant by id. `runs` are sorted by bot id. */
const announce = (runs: readonly Run[], end: number, onSlot: NonNullable<Backtest["onSlot"]>): void => {
  const slots = runs.map(({ next, intervalMs, bot }) => ({ next, intervalMs, id: bot.id }));
  for (;;) {
    let first = slots[0];
    for (const slot of slots) if (first === undefined || slot.next < first.next) first = slot;
    if (first === undefined || first.next >= end) return;
    onSlot(first.next, first.id);
    first.next += first.intervalMs;
  }
};

/** Runs a bot through its slots before `end` (ms). */
const runUntil = (run: Run, end: number): void => {
  const { bot, steps, pass, intervalMs, result, tally } = run;
  const { settings } = bot;
  const { equity: points } = result;
  const { addHolds: held } = tally;
  while (run.next < end) {
    const before = points.length;
    const passed = pass(result.state, settings, { from: run.next, to: end, intervalMs, points, held });
    if (passed) result.state = passed.state;
    const slots = points.length - before;
    result.slots += slots;
    run.next += slots * intervalMs;
    if (run.next >= end) return;
    const slot = { time: run.next, settings };
    const holds = passed?.stoppedBy ?? null;
    note(run, slot.time, holds ? steps.advance(result.state, slot, holds) : steps.step(result.state, slot));
    run.next += intervalMs;
  }
};

/**
 * Trades recorded markets slot by slot, by the same pure step as the product: the trades, fills and equity are those of a
 * replay through the whole stack, to the last digit (TRADING 10). Bots of one instant go by their ids.
 */
export const runBacktest = (backtest: Backtest): BacktestResult[] => {
  const runs = startAll(backtest);
  for (let start = backtest.from; start < backtest.to && runs.length > 0; start += DAY_MS) {
    const end = Math.min(start + DAY_MS, backtest.to);
    if (backtest.onSlot) announce(runs, end, backtest.onSlot);
    for (const run of runs) runUntil(run, end);
  }
  return runs.map(({ result, tally, answers }) => ({
    ...result,
    decisions: tally.read(),
    model: answers?.tally() ?? null,
  }));
};
