import { decimal, Decimal, maxOf, sumOf, ZERO } from "../../money";
import { returnOf, type PastResult } from "../basis/past-results";

const TRADES_MIN = 20;
const WIN_RATE_MIN = 0.3;
const KELLY = { least: 0.01, most: 1 } as const;
/** Shares of equity, whatever the trades say. */
const SHARE = { least: 0.02, most: 0.25 } as const;

type KellySettings = { readonly kellyPart: number; readonly baseShare: number };

/** A share of equity as order value, and why. */
export type KellyShare = {
  readonly share: Decimal;
  readonly because: "few-trades" | "few-wins" | "no-losses" | "edge";
  readonly trades: number;
};

const within = (value: Decimal, { least, most }: { readonly least: number; readonly most: number }): Decimal =>
  Decimal.clamp(value, least, most);

const meanOf = (values: readonly Decimal[]): Decimal => (values.length === 0 ? ZERO : sumOf(values).div(values.length));

/**
 * The stake that a bot's closed trades call for: a part of f = p / L - (1 - p) / W, where W is the mean net return on
 * value of the trades that won, L the mean loss of all others, also those that ended even, and p the share that won.
 * https://en.wikipedia.org/wiki/Kelly_criterion (investment formula)
 */
export const kellyShare = (results: readonly PastResult[], { kellyPart, baseShare }: KellySettings): KellyShare => {
  const trades = results.length;
  const base = decimal(baseShare);
  if (trades < TRADES_MIN) return { share: base, because: "few-trades", trades };
  const returns = results.map(returnOf);
  const won = returns.filter((each) => each.gt(0));
  const winRate = decimal(won.length).div(trades);
  if (winRate.lt(WIN_RATE_MIN)) return { share: maxOf(base.div(2), decimal(SHARE.least)), because: "few-wins", trades };
  const gain = meanOf(won);
  const loss = meanOf(returns.filter((each) => each.lte(0))).neg();
  if (loss.lte(0)) return { share: base, because: "no-losses", trades };
  const kelly = winRate.div(loss).minus(decimal(1).minus(winRate).div(gain));
  return { share: within(within(kelly, KELLY).times(kellyPart), SHARE), because: "edge", trades };
};
