import { sumOf, toPlain, ZERO, type Decimal } from "../money";
import type { Trade } from "../portfolio/trade";
import { known, unknownFor, type Measured } from "./measured";
import { computePerformance, type TradeSums } from "./performance";
import { RATIO_TRADES_MIN } from "./ratio-minimums";
import { resultsInR, type RiskedTrade } from "./risked-trade";
import { deviationOf, meanOf } from "./sample";

/** Counts and ratios of closed trades, net of fees; amounts in quote currency as plain text. */
export type TradeMetrics = {
  readonly trades: number;
  readonly wins: number;
  readonly losses: number;
  readonly net: string;
  readonly winRate: Measured;
  readonly profitFactor: Measured;
  readonly expectancy: string | null;
  readonly expectancyR: Measured;
};

const NO_TRADE = unknownFor("no trade was closed");

const sumTrades = (trades: readonly Pick<Trade, "realizedPnl">[]): TradeSums => {
  const net = trades.map(({ realizedPnl }) => realizedPnl);
  const [won, lost] = [net.filter((each) => each.gt(0)), net.filter((each) => each.lt(0))];
  const sums = { won: sumOf(won), lost: sumOf(lost), net: sumOf(net) };
  return { trades: net.length, wins: won.length, losses: lost.length, ...sums };
};

/** Sum won / sum lost, net of fees (Schwager, Getting Started in Technical Analysis, 1999). */
const profitFactorOf = ({ trades, won, lost }: TradeSums): Measured => {
  if (trades === 0) return NO_TRADE;
  return lost.isZero() ? unknownFor("no trade lost") : known(won.div(lost.neg()).toNumber());
};

const meanR = (trades: readonly RiskedTrade[]): Measured => {
  if (trades.length === 0) return NO_TRADE;
  const results = resultsInR(trades);
  if (results.length < trades.length) return unknownFor(`${trades.length - results.length} trades had no stop`);
  return known(meanOf(results));
};

/** Win rate = wins / trades; expectancy = net / trades, in money and in R, what the stop put at risk (Tharp). */
export const measureTrades = (risked: readonly RiskedTrade[]): TradeMetrics => {
  const sums = sumTrades(risked.map(({ trade }) => trade));
  const { winRate, expectancy } = computePerformance(sums, { from: null, through: null });
  return {
    trades: sums.trades,
    wins: sums.wins,
    losses: sums.losses,
    net: toPlain(sums.net),
    winRate: winRate === null ? NO_TRADE : known(winRate),
    profitFactor: profitFactorOf(sums),
    expectancy: expectancy && toPlain(expectancy),
    expectancyR: meanR(risked),
  };
};

/** Tharp counts no more trades than this: a system does not get better by trading often. */
const SQN_TRADES_MAX = 100;

/** System quality number: sqrt(n) x mean / standard deviation of net R, n at most 100 (Tharp, Super Trader, 2009). */
export const systemQuality = (risked: readonly RiskedTrade[]): Measured => {
  const results = resultsInR(risked);
  if (results.length < RATIO_TRADES_MIN) {
    return unknownFor(`${results.length} trades with a stop are too few: it takes ${RATIO_TRADES_MIN}`);
  }
  const deviation = deviationOf(results);
  if (deviation === 0) return unknownFor("every trade made the same");
  return known((Math.sqrt(Math.min(results.length, SQN_TRADES_MAX)) * meanOf(results)) / deviation);
};

/** The most wins, and the most losses, one right after the other. `trades` in the order of their exits. */
export const longestStreaks = (trades: readonly Pick<Trade, "realizedPnl">[]) => {
  const longest = (isOne: (result: Decimal) => boolean): number => {
    let [most, now] = [0, 0];
    for (const { realizedPnl } of trades) {
      now = isOne(realizedPnl) ? now + 1 : 0;
      most = Math.max(most, now);
    }
    return most;
  };
  return { wins: longest((result) => result.gt(ZERO)), losses: longest((result) => result.lt(ZERO)) };
};

type Held = { readonly from: number; readonly through: number };

/** The share of a span in which at least one position was open. Spans in ms. */
export const exposureOf = (held: readonly Held[], span: Held): Measured => {
  const length = span.through - span.from;
  if (length <= 0) return unknownFor("no time has passed");
  let [covered, until] = [0, span.from];
  for (const { from, through } of held.toSorted((first, second) => first.from - second.from)) {
    const [start, end] = [Math.max(from, until), Math.min(through, span.through)];
    if (end <= start) continue;
    covered += end - start;
    until = end;
  }
  return known(covered / length);
};
