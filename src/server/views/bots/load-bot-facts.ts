import { decimal, maxOf, toMoney, toPlain, ZERO, type Decimal } from "~/trading/money";
import {
  inPresentMoney,
  startBefore,
  timeWeightedReturn,
  type Flowed,
} from "~/trading/performance/time-weighted-return";
import { equityFigures } from "~/trading/portfolio/equity-memory";
import { summarizeProfit, type ClosedProfit, type Profit } from "~/trading/portfolio/profit";
import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import { toEquityMemory } from "../../books/kept-figures";
import { fromColumn, fromColumnOrNull } from "../../db/amounts";
import { toFlows } from "../bot-flows";
import { sampleEquity, type EquitySample } from "./sample-equity";
import type { Ports } from "../../ports";
import { countRefusals, selectOpenPositions, selectTotals } from "./bot-money-queries";
import type { ClosedSums, OpenRow, RefusalRow } from "./bot-money-queries";
import { selectBots, type StoredBot } from "./bot-rows-query";
import { selectPausingTrades, type PausingTrade } from "./pausing-trades-query";
import type { BotSelection, Picking } from "./pick-bots";
import { toOpenPosition, type OpenPositionFacts } from "./to-open-position";

/** Results of a bot's closed trades as sums; `won` and `lost` are those above and below zero. */
type ClosedFacts = ClosedProfit & {
  readonly trades: number;
  readonly wins: number;
  readonly losses: number;
  readonly won: Decimal;
  readonly lost: Decimal;
};

/** All that rows, pages and the overview say of a bot, read at one moment. */
export type BotFacts = {
  readonly bot: StoredBot;
  readonly settings: BotSettings;
  readonly capital: Decimal;
  /** What its account gave it since it began, and got back. */
  readonly flows: readonly Flowed[];
  /** What it has made of the money it had at each time, as a fraction; null as equity is. */
  readonly returnFraction: number | null;
  /** Null until the first cycle has marked a point. */
  readonly equity: Decimal | null;
  readonly equityAt: Date | null;
  readonly profit: Profit;
  readonly closed: ClosedFacts;
  readonly open: readonly OpenPositionFacts[];
  /** Start and low of its UTC day of venue time, as its points tell; null where none does. */
  readonly day: { readonly dayStart: Decimal | null; readonly dayLow: Decimal | null };
  /** None where it is not paused after losses in a row. */
  readonly pausing: PausingTrade | undefined;
  readonly refusals: readonly RefusalRow[];
  /** None before the first point. Its values are as if each flow had come before: a flow is no step of it. */
  readonly curve: EquitySample | undefined;
};

const NO_TRADES: ClosedFacts = {
  gross: ZERO,
  slippage: ZERO,
  fees: ZERO,
  funding: ZERO,
  net: ZERO,
  won: ZERO,
  lost: ZERO,
  trades: 0,
  wins: 0,
  losses: 0,
};

const toClosed = (sums: ClosedSums | undefined): ClosedFacts =>
  sums
    ? {
        trades: sums.trades,
        wins: sums.wins,
        losses: sums.losses,
        gross: fromColumn(sums.gross),
        slippage: fromColumn(sums.slippage),
        fees: fromColumn(sums.fees),
        funding: fromColumn(sums.funding),
        net: fromColumn(sums.net),
        won: fromColumn(sums.won),
        lost: fromColumn(sums.lost),
      }
    : NO_TRADES;

const newest = (dates: readonly (Date | undefined)[]): Date =>
  new Date(Math.max(...dates.flatMap((date) => (date ? [date.getTime()] : []))));

const groupByBot = <Row extends { readonly botId: string }>(rows: readonly Row[]): ReadonlyMap<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.botId, [...(groups.get(row.botId) ?? []), row]);
  return groups;
};

const dayOf = (bot: StoredBot): BotFacts["day"] =>
  equityFigures(toEquityMemory({ ...bot, at: bot.pointAt, equity: bot.pointEquity }), bot.venueNow.getTime());

/** A busy database answers late rather than not at all. */
const SNAPSHOT_MS_MAX = 20_000;

const presentValues = ({ times, values }: EquitySample, flows: readonly Flowed[]): string[] => {
  if (flows.length === 0) return values;
  return values.map((value, index) => {
    const at = Math.round((times[index] ?? 0) * 1000);
    return toPlain(toMoney(inPresentMoney(decimal(value), at, flows)));
  });
};

type Parts = Pick<BotFacts, "pausing" | "refusals" | "curve"> & {
  readonly sums: ClosedSums | undefined;
  readonly openRows: readonly OpenRow[];
};

const toFacts = (bot: StoredBot, { sums, openRows, ...parts }: Parts): BotFacts => {
  const capital = fromColumn(bot.allotment);
  const open = openRows.map(toOpenPosition);
  const closed = toClosed(sums);
  const { gross, slippage, fees, funding, net } = closed;
  const profit = summarizeProfit({ gross, slippage, fees, funding, net }, open);
  const marks = openRows.map(({ markedAt }) => markedAt);
  const flows = toFlows(bot.flows);
  const equity = bot.pointAt && capital.plus(profit.total);
  return {
    ...parts,
    flows,
    curve: parts.curve && { ...parts.curve, values: presentValues(parts.curve, flows) },
    returnFraction: equity && timeWeightedReturn(startBefore(capital, flows), flows, equity).toNumber(),
    bot,
    capital,
    profit,
    closed,
    open,
    day: dayOf(bot),
    settings: botSettingsSchema.parse(bot.settings),
    equity,
    equityAt: bot.pointAt && newest([bot.pointAt, sums?.lastExitAt, ...marks]),
  };
};

/**
 * Reads everything of the selected bots in six statements of one snapshot, so that no trade closes between two of
 * them. `samples`: how many equity values a bot at most, of all of them or of `sampled`.
 */
export const loadBotFacts = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  selection: BotSelection,
  { samples, sampled = selection }: { readonly samples: number; readonly sampled?: BotSelection },
): Promise<BotFacts[]> => {
  const picked: Picking = { ...selection, wallNow: wallNow() };
  const drawn: Picking = { ...sampled, wallNow: wallNow() };
  const { bots, sums, open, pausing, refusals, curves } = await db.$transaction(
    async (tx) => ({
      bots: await selectBots(tx, picked),
      sums: await selectTotals(tx, picked),
      open: await selectOpenPositions(tx, picked),
      pausing: await selectPausingTrades(tx, picked),
      refusals: await countRefusals(tx, picked),
      curves: await sampleEquity(tx, drawn, samples),
    }),
    { isolationLevel: "RepeatableRead", timeout: SNAPSHOT_MS_MAX, maxWait: SNAPSHOT_MS_MAX },
  );
  const [sumsOf, openOf, pausingOf] = [groupByBot(sums), groupByBot(open), groupByBot(pausing)];
  const [refusalsOf, curvesOf] = [groupByBot(refusals), groupByBot(curves)];
  return bots.map((bot) =>
    toFacts(bot, {
      sums: sumsOf.get(bot.id)?.[0],
      openRows: openOf.get(bot.id) ?? [],
      pausing: pausingOf.get(bot.id)?.[0],
      refusals: refusalsOf.get(bot.id) ?? [],
      curve: curvesOf.get(bot.id)?.[0],
    }),
  );
};

/** How far a bot is below its peak now, and was at most: fractions; null before the first point. */
export const drawdownOf = ({ bot, equity }: BotFacts): { readonly now: Decimal; readonly max: Decimal } | null => {
  if (!equity || !bot.peak) return null;
  const peak = maxOf(fromColumn(bot.peak), equity);
  const now = peak.gt(0) ? peak.minus(equity).div(peak) : ZERO;
  return { now, max: maxOf(now, fromColumnOrNull(bot.drawdownMax) ?? ZERO) };
};
