import { DAY_MS, HOUR_MS } from "../../market/duration";
import { decimal, maxOf, ZERO, type Decimal } from "../../money";
import type { PastResult } from "./past-results";

export type TradesDrawdownLimits = Readonly<
  Record<"tradesDrawdownMax" | "tradesDrawdownDays" | "tradesDrawdownTradesMin" | "tradesDrawdownPauseHours", number>
>;

/** Until when (ms) the bot rests, and why: its balance fell by this fraction of its peak over so many trades. */
export type TradesPause = { readonly until: number; readonly trades: number; readonly drawdown: Decimal };

/** A trade, and the bot's balance after it. */
type Settled = { readonly exitedAt: number; readonly before: Decimal; readonly after: Decimal };

/** Balances are counted back from the present one, so that they need no record of their own. */
const settle = (results: readonly PastResult[], balance: Decimal): Settled[] => {
  let after = balance;
  const settled = results.toReversed().map(({ exitedAt, realizedPnl }) => {
    const each = { exitedAt, after, before: after.minus(decimal(realizedPnl)) };
    after = each.before;
    return each;
  });
  return settled.toReversed();
};

/** The deepest fall from a peak, a fraction of that peak. */
const deepestFall = (trades: readonly Settled[]): Decimal => {
  let peak = trades[0]?.before ?? ZERO;
  let deepest = ZERO;
  for (const { after } of trades) {
    peak = maxOf(peak, after);
    if (peak.gt(0)) deepest = maxOf(deepest, peak.minus(after).div(peak));
  }
  return deepest;
};

/**
 * The pause that holds a bot at `time` (ms): each trade at whose exit the balance had fallen so far within the days
 * before begins one. `results`: closed trades by their exits; `balance`: cash and margin now.
 */
export const findTradesPause = (
  { results, balance }: { readonly results: readonly PastResult[]; readonly balance: Decimal },
  limits: TradesDrawdownLimits,
  time: number,
): TradesPause | null => {
  const settled = settle(results, balance);
  const pause = limits.tradesDrawdownPauseHours * HOUR_MS;
  for (let index = settled.length - 1; index >= 0; index -= 1) {
    const last = settled[index];
    if (last === undefined || last.exitedAt + pause <= time) return null;
    const from = last.exitedAt - limits.tradesDrawdownDays * DAY_MS;
    const counted = settled.slice(0, index + 1).filter(({ exitedAt }) => exitedAt >= from);
    const drawdown = deepestFall(counted);
    if (counted.length >= limits.tradesDrawdownTradesMin && drawdown.gte(limits.tradesDrawdownMax)) {
      return { until: last.exitedAt + pause, trades: counted.length, drawdown };
    }
  }
  return null;
};
