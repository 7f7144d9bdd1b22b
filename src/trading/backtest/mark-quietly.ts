import { isTold, type BotState, type HeldPosition } from "../cycle/bot-state";
import { keepLegs } from "../cycle/keep-legs";
import { watchDrawdown } from "../cycle/watch-drawdown";
import { isControl } from "../decision/is-control";
import { dayStartOf } from "../market/day-start";
import { timeframeMs } from "../market/timeframe";
import { priceToMoney, type Decimal } from "../money";
import { computeEquity } from "../portfolio/equity";
import { rememberEquity, type EquityMemory } from "../portfolio/equity-memory";
import { DRAWDOWN_WARNING_SHARE } from "../risk/risk-limits";
import type { BotSlot } from "../cycle/trade-slot";
import { isFunded, nextFundingOf } from "../settlement/funding";
import { isQuiet, quietBounds, type QuietBounds } from "../settlement/quiet-bounds";
import type { BotMarkets } from "./readable-market";

type Moved = readonly HeldPosition[];

/** Bounds depend on the levels of a position only, which are the same objects until one of them moves. */
const createBounds = () => {
  const known = new Map<string, { readonly of: HeldPosition; readonly bounds: QuietBounds }>();
  return (position: HeldPosition): QuietBounds => {
    const last = known.get(position.id);
    const { stopLoss, takeProfit, exitPlan, quantity, entryPrice } = position;
    const isSame =
      last?.of.exitPlan === exitPlan &&
      last.of.stopLoss === stopLoss &&
      last.of.takeProfit === takeProfit &&
      last.of.quantity === quantity &&
      last.of.entryPrice === entryPrice;
    if (isSame) return last.bounds;
    if (last === undefined) known.clear();
    const bounds = quietBounds(position);
    known.set(position.id, { of: position, bounds });
    return bounds;
  };
};

/** The memory with one more mark: as `rememberEquity`, which is asked for the first of a day. */
const remember = (memory: EquityMemory, at: number, equity: Decimal): EquityMemory => {
  const { peak: before } = memory.last;
  const last = { at, equity, peak: equity.gt(before) ? equity : before };
  const day = dayStartOf(at);
  if (at === day || dayStartOf(memory.last.at) !== day) return rememberEquity(memory, last);
  return { last, dayStart: memory.dayStart, dayLow: equity.lt(memory.dayLow) ? equity : memory.dayLow };
};

/** The equity below which there may be a warning: a little high, because exact arithmetic decides there. */
const createWarning = () => {
  let known: { readonly peak: Decimal; readonly level: Decimal } | null = null;
  return (peak: Decimal, drawdownMax: number): Decimal => {
    if (known?.peak === peak) return known.level;
    const level = peak.times(1 - drawdownMax * DRAWDOWN_WARNING_SHARE + 1e-9);
    known = { peak, level };
    return level;
  };
};

/**
 * Marks a bot at a slot where nothing is due and no candle comes near a level: its positions only get a new mark, and
 * its equity a new point. Null where anything else might happen, so that it is looked at in full.
 */
export const createMarkQuietly = ({ finestTimeframe, traded }: BotMarkets) => {
  const marketOf = new Map(traded.map((market) => [market.id, market]));
  const step = timeframeMs(finestTimeframe);
  const boundsOf = createBounds();
  const warningAt = createWarning();

  const move = (position: HeldPosition, time: number): HeldPosition | null => {
    const { settledThrough: from, openedBy, stopLoss, takeProfit } = position;
    if (isControl(openedBy) && (stopLoss !== null || takeProfit !== null)) return null;
    const range = { timeframe: finestTimeframe, from, closedBy: time };
    const candles = marketOf.get(position.marketId)?.candles.read(range);
    if (candles === undefined) return null;
    const last = candles.at(-1);
    if (last === undefined) return position;
    const markedAt = last.openTime + step;
    if (isFunded(position, undefined) && nextFundingOf(position, from) < markedAt) return null;
    const bounds = boundsOf(position);
    if (!candles.every((candle) => isQuiet(candle, bounds))) return null;
    return { ...position, settledThrough: markedAt, mark: priceToMoney(last.close), markedAt };
  };

  const moveAll = ({ positions, tradingState }: BotState, time: number): Moved | null => {
    const moved: HeldPosition[] = [];
    for (const position of positions) {
      if (keepLegs(position, tradingState) !== position) return null;
      const next = move(position, time);
      if (next === null) return null;
      moved.push(next);
    }
    return moved;
  };

  const isWarned = (state: BotState, { equity, peak }: EquityMemory["last"], { settings }: BotSlot): boolean => {
    const { currency, tradingState } = state;
    if (isControl(settings) || equity.gt(warningAt(peak, settings.risk.drawdownMax))) return false;
    const watched = watchDrawdown({ equity, peak, currency, limits: settings.risk, tradingState, isControl: false });
    return watched.tradingState !== tradingState || !isTold(state, watched.alert);
  };

  return (state: BotState, slot: BotSlot): { readonly state: BotState; readonly equity: Decimal } | null => {
    const { time } = slot;
    if (state.equity === null) return null;
    const positions = moveAll(state, time);
    if (positions === null) return null;
    const { equity } = computeEquity(state.balances, positions);
    const memory = remember(state.equity, time, equity);
    if (isWarned(state, memory.last, slot)) return null;
    return { state: { ...state, positions, lastDoneSlot: time, equity: memory }, equity };
  };
};
