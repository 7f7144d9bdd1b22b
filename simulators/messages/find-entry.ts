import type { ToldLimits } from "./told-limits";
import type { Told, ToldFrame, ToldMarket } from "./told-market";

/** 1: up; -1: down. */
export type Direction = 1 | -1;

export type Frames = { readonly frame: ToldFrame; readonly context: ToldFrame };

export type EntryPlan = {
  readonly direction: Direction;
  readonly confidence: number;
  readonly stop: number;
  readonly target: number;
  readonly invalidation: readonly object[];
};

/** `because`: why there is no entry, in words after a comma. */
export type EntrySearch = { readonly plan: EntryPlan; readonly frames: Frames } | { readonly because: string };

// How far the shorter timeframe has gone against the trend: enough for a pullback, and no crash. Mirrored for a short.
const RSI_BACK_MIN = 10;
const RSI_BACK_MAX = 30;
const RANGE_BACK_MIN = 35;
/** How strong the longer one must still be. */
const TREND_AHEAD_MIN = 2;
const MIDDLE = 50;
/** From here on the pullback is over: what a position was opened for has come. */
const RSI_RECOVERED = 12;

const STOP_ATRS = 2;
const STOP_ATRS_MIN = 1;
const REWARD_MIN = 2;
/** Stays that far from each limit: the price moves before the order is filled. */
const MARGIN = 1.1;
/** What a market moves must be this many times what an entry and its exit cost. */
const GAIN_OVER_COSTS = 4;
const PRICE_DIGITS = 6;
const HOURS_TO_MOVE = 48;
const PERCENT = 100;

const toPrice = (value: number): number => Number(value.toPrecision(PRICE_DIGITS));

/** Where the longer timeframe is going; null: nowhere that its averages agree on. */
export const trendOf = ({ close, ema20, ema50 }: ToldFrame): Direction | null => {
  if (close.value > ema50.value && ema20.value > ema50.value) return 1;
  return close.value < ema50.value && ema20.value < ema50.value ? -1 : null;
};

const backBy = (told: Told, direction: Direction): number => direction * (MIDDLE - told.value);

const trendFault = (
  { close, context }: { readonly close: Told; readonly context: ToldFrame },
  direction: Direction,
): string | null => {
  const { timeframe, rsi14, ema50 } = context;
  if (-backBy(rsi14, direction) < TREND_AHEAD_MIN) return `the trend of ${timeframe} has lost its strength`;
  return direction * (close.value - ema50.value) > 0 ? null : `the price has gone through the EMA(50) of ${timeframe}`;
};

/** Why the shorter timeframe shows no pullback of that trend; null: it does. */
const findFault = ({ frame, context }: Frames, direction: Direction): string | null => {
  const { close, rsi14, "range-position": range } = frame;
  const back = backBy(rsi14, direction);
  if (back < RSI_BACK_MIN) return `its RSI(14) of ${rsi14.value} shows no pullback`;
  if (back > RSI_BACK_MAX) return `its RSI(14) of ${rsi14.value} shows more than a pullback`;
  if (backBy(range, direction) < RANGE_BACK_MIN) return "the price is not at the edge of its last 20 candles";
  return trendFault({ close, context }, direction);
};

/** Whether a pullback of that trend has run its course. */
export const isOver = (frame: ToldFrame, direction: Direction): boolean =>
  -backBy(frame.rsi14, direction) >= RSI_RECOVERED;

const scoreOf = ({ words, risks }: ToldMarket, { frame }: Frames, direction: Direction): number => {
  const [course, side] = direction === 1 ? ["up", "long"] : ["down", "short"];
  const agreed = [
    words.get("supertrend.direction") === course,
    words.get("setup.bias") === side,
    backBy(frame["range-position"], direction) >= 40,
  ].filter(Boolean).length;
  const score = 0.68 + 0.05 * agreed - 0.02 * risks;
  return Math.round(PERCENT * Math.min(0.9, Math.max(0.5, score))) / PERCENT;
};

/** How far stop and target are from the close, in percent of it. */
const distancesOf = (atr: number, limits: ToldLimits) => {
  const { stopDistanceMin, stopDistanceMax, rewardRiskMin, netRewardMin, roundTrip } = limits;
  const wanted = Math.max(STOP_ATRS * atr, stopDistanceMin * MARGIN);
  const stop = Math.min(wanted, stopDistanceMax / MARGIN);
  const gross = stop * Math.max(REWARD_MIN, rewardRiskMin * MARGIN);
  return { stop, gain: Math.max(gross, MARGIN * ((stop + roundTrip) * netRewardMin + roundTrip)) };
};

const levelsOf = (frame: ToldFrame, direction: Direction, limits: ToldLimits) => {
  const { close, atr14 } = frame;
  const { stop, gain } = distancesOf(atr14.value, limits);
  const at = (percent: number): number => toPrice(close.value * (1 + (direction * percent) / PERCENT));
  return { distance: stop, stop: at(-stop), target: at(gain), halfWay: at(-stop / 2), begun: at(gain / 4) };
};

type Search = { readonly market: ToldMarket; readonly frames: Frames; readonly direction: Direction };

const planEntry = ({ market, frames, direction }: Search, limits: ToldLimits): EntrySearch => {
  const { frame } = frames;
  const { distance, stop, target, halfWay, begun } = levelsOf(frame, direction, limits);
  const confidence = scoreOf(market, frames, direction);
  const { value: atr } = frame.atr14;
  const isQuiet = REWARD_MIN * STOP_ATRS * atr < GAIN_OVER_COSTS * limits.roundTrip;
  if (isQuiet) return { because: "the market moves too little to pay for its fees" };
  if (distance < STOP_ATRS_MIN * atr) return { because: "a stop as near as it must be would be noise" };
  if (confidence < limits.confidenceMin) return { because: "too much of the rest speaks against it" };
  const invalidation = [
    { on: "close", operator: direction === 1 ? "<" : ">", price: halfWay, candles: 2 },
    { on: "time", minutes: 60 * HOURS_TO_MOVE, unlessPrice: begun },
  ];
  return { plan: { direction, confidence, stop, target, invalidation }, frames };
};

/**
 * Looks for an entry with the trend of the longer timeframe, at a pullback of the shorter one that has not broken it:
 * dips are bought where it goes up, rallies sold where it goes down.
 */
export const findEntry = (market: ToldMarket, limits: ToldLimits): EntrySearch => {
  const { frame, context } = market;
  if (frame === null || context === null) return { because: "too little of it is known" };
  const direction = trendOf(context);
  if (direction === null) return { because: `the averages of ${context.timeframe} do not agree on a trend` };
  const trend = `${context.timeframe} goes ${direction === 1 ? "up" : "down"}`;
  if (direction === -1 && limits.buysOnly) return { because: `${trend}, and this bot only buys` };
  const frames = { frame, context };
  const fault = findFault(frames, direction);
  if (fault !== null) return { because: `${trend}, but on ${frame.timeframe} ${fault}` };
  const search = planEntry({ market, frames, direction }, limits);
  return "plan" in search
    ? search
    : { because: `${trend} and ${frame.timeframe} has pulled back, but ${search.because}` };
};
