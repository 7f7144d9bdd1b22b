import { toMoney, type Decimal } from "../money";
import { RATIO_DAYS_MIN, RATIO_TRADES_MIN } from "./ratio-minimums";
import { DAY_MS } from "../market/duration";

/** Closed trades as counts and sums in quote currency; `won` and `lost` are those above and below zero. */
export type TradeSums = {
  readonly trades: number;
  readonly wins: number;
  readonly losses: number;
  readonly won: Decimal;
  readonly lost: Decimal;
  readonly net: Decimal;
};

/** Ratios are fractions; null where there is no data for them. `expectancy` in quote currency, 8 decimals. */
export type PerformanceRatios = {
  readonly days: number;
  readonly isTooFew: boolean;
  readonly winRate: number | null;
  readonly payoff: number | null;
  readonly breakEvenWinRate: number | null;
  readonly expectancy: Decimal | null;
};

const payoffOf = ({ wins, losses, won, lost }: TradeSums): Decimal | null =>
  wins === 0 || losses === 0 ? null : won.div(wins).div(lost.neg().div(losses));

/**
 * Win rate = wins / trades; a trade of exactly zero is neither win nor loss. Payoff = mean win / mean loss, net.
 * Break-even win rate = 1 / (1 + payoff), where p x win = (1 - p) x loss (Tharp, Trade Your Way to Financial Freedom).
 * Expectancy = net / trades. `from` and `through` in ms of venue time; null: no time has passed yet.
 */
export const computePerformance = (
  sums: TradeSums,
  { from, through }: { readonly from: number | null; readonly through: number | null },
): PerformanceRatios => {
  const days = from === null || through === null ? 0 : Math.max(0, through - from) / DAY_MS;
  const payoff = payoffOf(sums);
  return {
    days,
    isTooFew: sums.trades < RATIO_TRADES_MIN || days < RATIO_DAYS_MIN,
    winRate: sums.trades === 0 ? null : sums.wins / sums.trades,
    payoff: payoff && payoff.toNumber(),
    breakEvenWinRate: payoff && payoff.plus(1).pow(-1).toNumber(),
    expectancy: sums.trades === 0 ? null : toMoney(sums.net.div(sums.trades)),
  };
};
