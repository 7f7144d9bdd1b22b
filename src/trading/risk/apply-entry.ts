import { maxOf, minOf, ZERO, type Decimal } from "../money";
import { enlargePosition } from "../portfolio/apply-fill";
import { openPosition } from "../portfolio/open-position";
import { reservedBy, reservedOf } from "../portfolio/reserved";
import { marginOf, notionalOf, unrealizedPnl } from "../portfolio/position";
import type { EntryRequest, MarketPosition, MarketView, PortfolioView, SizedEntry } from "./basis/risk-context";

type PlannedEntry = {
  readonly entry: EntryRequest;
  readonly order: SizedEntry;
  readonly market: MarketView;
  /** The slot, ms. */
  readonly time: number;
};

/** Entered and left as a whole. */
const WHOLE: NonNullable<MarketPosition["exitPlan"]> = { entryLegs: [], remainingLegs: [], added: 0 };

/** The position that an approved entry becomes, marked at the slot's price. */
const plannedPosition = ({ entry, order, market, time }: PlannedEntry): MarketPosition => ({
  ...openPosition({
    id: `planned:${market.marketId}`,
    pair: entry.decision.pair,
    side: entry.side,
    leverage: entry.leverage,
    stopLoss: entry.stopLoss,
    takeProfit: entry.takeProfit,
    mark: market.referencePrice ?? order.price,
    fill: { price: order.price, quantity: order.firstQuantity, at: time },
  }),
  marketId: market.marketId,
  exitPlan: { ...WHOLE, entryLegs: [...order.legs] },
});

/** Peak and day low follow equity, so a loss in this cycle counts against the limits of its next entry. */
const withEquity = (portfolio: PortfolioView, equity: Decimal): PortfolioView => ({
  ...portfolio,
  equity,
  peakEquity: maxOf(portfolio.peakEquity, equity),
  dayLowEquity: minOf(portfolio.dayLowEquity, equity),
});

/** The open position with a second entry of the same market. */
const addedTo = (open: MarketPosition, { order, time }: PlannedEntry): MarketPosition => {
  const { price, quantity, fee } = order;
  const { position } = enlargePosition(open, { fillId: `planned:${open.id}`, price, quantity, fee, bookedAt: time });
  const plan = open.exitPlan ?? WHOLE;
  return { ...position, marketId: open.marketId, exitPlan: { ...plan, added: plan.added + 1 } };
};

/** The books after an approved entry with its legs: the next decision of the same cycle is judged on these. */
export const applyEntry = (portfolio: PortfolioView, planned: PlannedEntry): PortfolioView => {
  const { legs, fee } = planned.order;
  const later = reservedBy(legs, planned.entry.leverage);
  const open = portfolio.positions.find(({ marketId }) => marketId === planned.market.marketId);
  const position = open ? addedTo(open, planned) : plannedPosition(planned);
  const before = open ?? { ...position, quantity: ZERO, margin: ZERO };
  const margin = position.margin.minus(before.margin).plus(later.margin);
  const paid = fee.minus(later.fees);
  const gained = unrealizedPnl(position).minus(unrealizedPnl(before));
  return {
    ...withEquity(portfolio, portfolio.equity.minus(paid).plus(gained)),
    cash: portfolio.cash.minus(margin).minus(fee),
    margin: portfolio.margin.plus(margin),
    grossNotional: portfolio.grossNotional.plus(notionalOf(position)).minus(notionalOf(before)).plus(later.notional),
    positions: open
      ? portfolio.positions.map((each) => (each === open ? position : each))
      : [...portfolio.positions, position],
  };
};

/** What is left of a position, of which nothing more is entered; margin as it is then booked. */
const restOf = (position: MarketPosition, closed: Decimal): MarketPosition | null => {
  const quantity = position.quantity.minus(closed);
  if (quantity.isZero()) return null;
  const exitPlan = { ...(position.exitPlan ?? WHOLE), entryLegs: [] };
  return { ...position, exitPlan, quantity, margin: marginOf(position.entryPrice, quantity, position.leverage) };
};

/** The books after so much of a position was closed, with this profit and fee. */
export const applyClose = (
  portfolio: PortfolioView,
  closed: {
    readonly position: MarketPosition;
    readonly quantity: Decimal;
    readonly pnl: Decimal;
    readonly fee: Decimal;
  },
): PortfolioView => {
  const { position, quantity, pnl, fee } = closed;
  const rest = restOf(position, quantity);
  const later = reservedOf(position);
  const released = position.margin.minus(rest?.margin ?? ZERO).plus(later.margin);
  const unrealized = unrealizedPnl(position).minus(rest ? unrealizedPnl(rest) : ZERO);
  return {
    ...withEquity(portfolio, portfolio.equity.minus(unrealized).plus(pnl).minus(fee)),
    cash: portfolio.cash.plus(released).plus(later.fees).plus(pnl).minus(fee),
    margin: portfolio.margin.minus(released),
    grossNotional: portfolio.grossNotional
      .minus(notionalOf(position))
      .minus(later.notional)
      .plus(rest ? notionalOf(rest) : ZERO),
    positions: portfolio.positions.flatMap((other) => (other.id === position.id ? (rest ?? []) : other)),
  };
};
