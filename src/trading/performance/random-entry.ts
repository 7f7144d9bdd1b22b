import { createSeededRandom } from "../market/synthetic-candles";
import type { Trade } from "../portfolio/trade";

/** The price of a pair at an instant (ms), quote per base; null where none is known. */
export type PriceOf = (pair: string, time: number) => number | null;

export type RandomEntry = {
  readonly draws: number;
  /** Nets of the draws, quote: their mean, and the lowest and highest of the middle nine tenths. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** The share of draws that made less than the bot; equal ones count half. */
  readonly percentile: number;
};

export type RandomEntryOptions = {
  /** The span that entries and exits lie in, and the grid of their instants, ms. */
  readonly from: number;
  readonly through: number;
  readonly stepMs: number;
  readonly priceOf: PriceOf;
  readonly seed: number;
  readonly draws?: number;
};

const DRAWS = 200;

type Copied = Pick<Trade, "pair" | "side"> & {
  readonly holdMs: number;
  readonly value: number;
  readonly costs: number;
  readonly net: number;
};

const copyOf = (trade: Trade): Copied => ({
  pair: trade.pair,
  side: trade.side,
  holdMs: trade.exitedAt - trade.enteredAt,
  value: trade.entryPrice.times(trade.quantity).toNumber(),
  costs: trade.fees.plus(trade.slippage).toNumber(),
  net: trade.realizedPnl.toNumber(),
});

/** What the trade would have made, entered at another instant: the same pair, side, value, holding time and costs. */
const resultAt = ({ pair, side, holdMs, value, costs }: Copied, entry: number, priceOf: PriceOf): number | null => {
  const [entered, exited] = [priceOf(pair, entry), priceOf(pair, entry + holdMs)];
  if (entered === null || exited === null) return null;
  const move = exited / entered - 1;
  return value * (side === "long" ? move : -move) - costs;
};

const drawOnce = (copies: readonly Copied[], options: RandomEntryOptions, random: () => number): number | null => {
  const { from, through, stepMs, priceOf } = options;
  let net = 0;
  for (const copy of copies) {
    const steps = Math.max(0, Math.floor((through - copy.holdMs - from) / stepMs));
    const result = resultAt(copy, from + Math.floor(random() * (steps + 1)) * stepMs, priceOf);
    if (result === null) return null;
    net += result;
  }
  return net;
};

/**
 * The control of a bot's timing: 200 times as many trades on the same pairs, sides and for the same times, but at random
 * instants, each at the costs of its original. Trades may overlap. A bot whose timing is chance lies anywhere among them.
 * Null without trades or where prices are missing. A pure function of its arguments.
 */
export const drawRandomEntries = (trades: readonly Trade[], options: RandomEntryOptions): RandomEntry | null => {
  if (trades.length === 0) return null;
  const random = createSeededRandom(options.seed);
  const copies = trades.map(copyOf);
  const drawn = Array.from({ length: options.draws ?? DRAWS }, () => drawOnce(copies, options, random));
  const nets = drawn.filter((net) => net !== null).toSorted((first, second) => first - second);
  if (nets.length < drawn.length) return null;
  const own = copies.reduce((sum, { net }) => sum + net, 0);
  const below = nets.filter((net) => net < own).length;
  const equal = nets.filter((net) => net === own).length;
  const at = (share: number): number => nets[Math.round(share * (nets.length - 1))] ?? 0;
  return {
    draws: nets.length,
    mean: nets.reduce((sum, net) => sum + net, 0) / nets.length,
    low: at(0.05),
    high: at(0.95),
    percentile: (below + equal / 2) / nets.length,
  };
};
