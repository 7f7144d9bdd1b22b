import { maxOf, minOf, type Decimal } from "../money";
import type { Position } from "../portfolio/position";
import { notionalOf, unrealizedPnl } from "../portfolio/position";
import type { EntryRequest, MarketView, PortfolioView, SizedEntry } from "./risk-context";

/** The position that an approved entry will be, marked at the price it pays. */
const plannedPosition = (entry: EntryRequest, order: SizedEntry, mark: Decimal): Position => ({
  id: `planned:${entry.decision.pair}`,
  pair: entry.decision.pair,
  side: entry.side,
  quantity: order.quantity,
  entryPrice: order.price,
  leverage: entry.leverage,
  margin: order.margin,
  stopLoss: entry.stopLoss,
  takeProfit: entry.takeProfit,
  openedAt: 0,
  settledThrough: 0,
  mark,
  markedAt: 0,
});

/** Peak and day's low move with equity: a loss that this cycle made counts against the limits of its next entry. */
const withEquity = (portfolio: PortfolioView, equity: Decimal): PortfolioView => ({
  ...portfolio,
  equity,
  peakEquity: maxOf(portfolio.peakEquity, equity),
  dayLowEquity: minOf(portfolio.dayLowEquity, equity),
});

/** The books after an approved entry: the next decision of the same cycle is judged on these. */
export const applyEntry = (
  portfolio: PortfolioView,
  planned: { readonly entry: EntryRequest; readonly order: SizedEntry; readonly market: MarketView },
): PortfolioView => {
  const { entry, order, market } = planned;
  const position = plannedPosition(entry, order, market.referencePrice ?? order.price);
  return {
    ...withEquity(portfolio, portfolio.equity.minus(order.fee).plus(unrealizedPnl(position))),
    cash: portfolio.cash.minus(order.margin).minus(order.fee),
    margin: portfolio.margin.plus(order.margin),
    grossNotional: portfolio.grossNotional.plus(notionalOf(position)),
    positions: [...portfolio.positions, position],
  };
};

/** The books after a position was closed with this profit and fee. */
export const applyClose = (
  portfolio: PortfolioView,
  closed: { readonly position: Position; readonly pnl: Decimal; readonly fee: Decimal },
): PortfolioView => {
  const { position, pnl, fee } = closed;
  return {
    ...withEquity(portfolio, portfolio.equity.minus(unrealizedPnl(position)).plus(pnl).minus(fee)),
    cash: portfolio.cash.plus(position.margin).plus(pnl).minus(fee),
    margin: portfolio.margin.minus(position.margin),
    grossNotional: portfolio.grossNotional.minus(notionalOf(position)),
    positions: portfolio.positions.filter((other) => other.id !== position.id),
  };
};
