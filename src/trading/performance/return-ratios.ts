import { dailyReturns, daysOf, maxDrawdown, type EquityCurve } from "./equity-curve";
import { known, unknownFor, type Measured } from "./measured";
import { RATIO_DAYS_MIN } from "./ratio-minimums";
import { deviationOf, meanOf } from "./sample";

/** A crypto market trades on every day of the year. */
const DAYS_A_YEAR = 365;

export type ReturnRatios = {
  /** Over the whole curve, a fraction. */
  readonly totalReturn: Measured;
  /** The constant yearly return that gives the same (CAGR), a fraction. */
  readonly annualReturn: Measured;
  readonly sharpe: Measured;
  readonly sortino: Measured;
  readonly calmar: Measured;
  readonly omega: Measured;
};

const rootOfYear = Math.sqrt(DAYS_A_YEAR);

/** Mean / standard deviation of daily returns x sqrt(365), without a riskless rate (Sharpe, The Sharpe Ratio, 1994). */
const sharpeOf = (returns: readonly number[]): Measured => {
  const deviation = deviationOf(returns);
  return deviation === 0 ? unknownFor("equity did not move") : known((meanOf(returns) / deviation) * rootOfYear);
};

/**
 * Mean / downside deviation of daily returns x sqrt(365). Downside deviation = sqrt(sum of min(r, 0)^2 / n), the target
 * return being 0 (Sortino and Price, Performance Measurement in a Downside Risk Framework, 1994).
 */
const sortinoOf = (returns: readonly number[]): Measured => {
  const downside = Math.sqrt(meanOf(returns.map((value) => Math.min(value, 0) ** 2)));
  return downside === 0 ? unknownFor("no day lost") : known((meanOf(returns) / downside) * rootOfYear);
};

/** Sum of daily gains / sum of daily losses, at the threshold 0 (Keating and Shadwick, Omega, 2002). */
const omegaOf = (returns: readonly number[]): Measured => {
  const lost = returns.reduce((sum, value) => sum - Math.min(value, 0), 0);
  const gained = returns.reduce((sum, value) => sum + Math.max(value, 0), 0);
  return lost === 0 ? unknownFor("no day lost") : known(gained / lost);
};

/** Annual return / maximum drawdown (Young, Calmar Ratio, 1991), over the whole curve in place of 36 months. */
const calmarOf = (annual: Measured, drawdown: number): Measured => {
  if (annual.value === null) return annual;
  return drawdown === 0 ? unknownFor("equity never fell below its peak") : known(annual.value / drawdown);
};

/**
 * Total return = end / start - 1; annual return (CAGR) = (end / start)^(365 / days) - 1; Sharpe, Sortino and Omega of
 * daily UTC returns; Calmar. With fewer than 30 days all but the total return are unknown.
 */
export const computeReturnRatios = (curve: EquityCurve): ReturnRatios => {
  const { start, points } = curve;
  const end = points.at(-1)?.value;
  if (end === undefined) return allUnknown(unknownFor("no slot was marked"), null);
  const totalReturn = known(end / start - 1);
  const days = daysOf(curve);
  if (days < RATIO_DAYS_MIN) {
    const reason = `${days.toFixed(1)} days are too few to say: it takes ${RATIO_DAYS_MIN}`;
    return allUnknown(unknownFor(reason), totalReturn);
  }
  if (points.some(({ value }) => value <= 0)) return allUnknown(unknownFor("all equity was lost"), totalReturn);
  const returns = dailyReturns(curve);
  const annualReturn = known((end / start) ** (DAYS_A_YEAR / days) - 1);
  return {
    totalReturn,
    annualReturn,
    sharpe: sharpeOf(returns),
    sortino: sortinoOf(returns),
    calmar: calmarOf(annualReturn, maxDrawdown(curve).fraction),
    omega: omegaOf(returns),
  };
};

const allUnknown = (unknown: Measured, totalReturn: Measured | null): ReturnRatios => ({
  totalReturn: totalReturn ?? unknown,
  annualReturn: unknown,
  sharpe: unknown,
  sortino: unknown,
  calmar: unknown,
  omega: unknown,
});
