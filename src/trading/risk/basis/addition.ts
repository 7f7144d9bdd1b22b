import { decimal, minOf, type Decimal } from "../../money";
import { unrealizedPnl } from "../../portfolio/position";
import { marginWithLegs } from "../../portfolio/reserved";
import type { EntryRequest, MarketPosition, MarketView, PortfolioView } from "./risk-context";

export type AdditionLimits = Readonly<Record<"pyramidingMarginMax" | "pyramidingTogetherMax", number>>;
/** With those that leave it room. */
export type RoomLimits = AdditionLimits & Readonly<Record<"positionMarginMax" | "orderValueMin", number>>;

type Held = Omit<MarketPosition, "marketId">;

type Asked = {
  readonly entry: Pick<EntryRequest, "decision" | "side" | "leverage">;
  readonly market: Pick<MarketView, "marketId">;
  readonly portfolio: Pick<PortfolioView, "positions">;
};

/** The open position that an entry would enlarge; or that it has none, or may not, and why. */
export type Addition =
  | { readonly outcome: "none" }
  | { readonly outcome: "refused"; readonly positions: number; readonly why: string | null }
  | { readonly outcome: "allowed"; readonly position: MarketPosition };

/** What in its own course speaks against a second entry of a position: it may be added to once, and while in profit. */
export const whyNotNow = (position: Held): string | null => {
  if ((position.exitPlan?.added ?? 0) > 0) return "it was added to before";
  return unrealizedPnl(position).gt(0) ? null : "it is not in profit";
};

/** What speaks against a second entry of a position; null: nothing. */
const whyNot = (position: MarketPosition, { entry, market }: Asked): string | null => {
  if (position.marketId !== market.marketId) return "it is in another market";
  if (position.side !== entry.side) return "it is of the other side";
  if (!position.leverage.eq(entry.leverage)) return "it has another leverage";
  return whyNotNow(position);
};

/** An entry into a pair that is held: a second one of the same position, only while that is in profit (TRADING 5). */
export const findAddition = (asked: Asked, { pyramidingMarginMax }: AdditionLimits): Addition => {
  const held = asked.portfolio.positions.filter(({ pair }) => pair === asked.entry.decision.pair);
  const [position] = held;
  if (position === undefined) return { outcome: "none" };
  if (pyramidingMarginMax === 0 || held.length > 1) return { outcome: "refused", positions: held.length, why: null };
  const why = whyNot(position, asked);
  return why === null ? { outcome: "allowed", position } : { outcome: "refused", positions: held.length, why };
};

/** The margin that a second entry may bind: its own share of equity, and what the first one left of their common one. */
export const additionMargin = (position: Held, equity: Decimal, limits: AdditionLimits): Decimal =>
  minOf(
    equity.times(limits.pyramidingMarginMax),
    equity.times(decimal(limits.pyramidingTogetherMax)).minus(marginWithLegs(position)),
  );

/** Whether its own limits leave room to add as much as an order must be worth: else the gate would refuse any. */
export const hasRoomToAdd = (position: Held, equity: Decimal, limits: RoomLimits): boolean => {
  const ofPosition = equity.times(limits.positionMarginMax).minus(marginWithLegs(position));
  const margin = minOf(additionMargin(position, equity, limits), ofPosition);
  return margin.times(position.leverage).gte(limits.orderValueMin);
};
