import type { Decimal } from "../money";
import { daysOf, maxDrawdown, type Drawdown, type EquityCurve } from "./equity-curve";
import { testEdge, type Edge } from "./edge";
import { groupTrades, type TradeGroups } from "./group-trades";
import type { Measured } from "./measured";
import { RATIO_DAYS_MIN, RATIO_TRADES_MIN } from "./ratio-minimums";
import { computeReturnRatios, type ReturnRatios } from "./return-ratios";
import { resultsInR, type RiskedTrade } from "./risked-trade";
import { exposureOf, longestStreaks, measureTrades, systemQuality, type TradeMetrics } from "./trade-metrics";

/** What a bot did: its equity at slots, its closed trades by exit, and when the positions still open were opened (ms). */
export type Lived = {
  readonly initialCapital: Decimal;
  readonly equity: readonly { readonly at: number; readonly equity: Decimal }[];
  readonly trades: readonly RiskedTrade[];
  readonly openSince: readonly number[];
};

export type PerformanceMetrics = ReturnRatios & {
  readonly days: number;
  /** With fewer than 30 trades or 30 days no figure says much. */
  readonly isTooFew: boolean;
  readonly maxDrawdown: Drawdown;
  readonly exposure: Measured;
  readonly systemQuality: Measured;
  readonly streaks: ReturnType<typeof longestStreaks>;
  readonly all: TradeMetrics;
  readonly by: TradeGroups;
  readonly edge: Edge;
};

/** Equity as doubles: ratios need no more. Amounts that repeat are converted once. */
const curveOf = ({ initialCapital, equity }: Lived): EquityCurve => {
  let last: { equity: Decimal; value: number } | null = null;
  const points = equity.map(({ at, equity: amount }) => {
    if (last?.equity !== amount) last = { equity: amount, value: amount.toNumber() };
    return { at, value: last.value };
  });
  return { start: initialCapital.toNumber(), points };
};

/** Every figure of a bot's performance; each says in its own file how it is defined and by whom. */
export const measurePerformance = (lived: Lived): PerformanceMetrics => {
  const curve = curveOf(lived);
  const trades = lived.trades.toSorted((one, other) => one.trade.exitedAt - other.trade.exitedAt);
  const closed = trades.map(({ trade }) => trade);
  const days = daysOf(curve);
  const span = { from: curve.points[0]?.at ?? 0, through: curve.points.at(-1)?.at ?? 0 };
  const held = [
    ...closed.map(({ enteredAt, exitedAt }) => ({ from: enteredAt, through: exitedAt })),
    ...lived.openSince.map((from) => ({ from, through: span.through })),
  ];
  return {
    days,
    isTooFew: closed.length < RATIO_TRADES_MIN || days < RATIO_DAYS_MIN,
    ...computeReturnRatios(curve),
    maxDrawdown: maxDrawdown(curve),
    exposure: exposureOf(held, span),
    systemQuality: systemQuality(trades),
    streaks: longestStreaks(closed),
    all: measureTrades(trades),
    by: groupTrades(trades),
    edge: testEdge(resultsInR(trades)),
  };
};
