import type { MarketFill } from "../execution/fill-market-order";
import { addEntryFill, enlargePosition, firstFill, reducePosition } from "../portfolio/apply-fill";
import { shrinkLegs } from "../portfolio/entry-legs";
import { addLines, postEntry, postFunding, type LedgerTransaction } from "../portfolio/ledger";
import type { ExitReason } from "../portfolio/exit-reason";
import { openPosition } from "../portfolio/open-position";
import type { Decimal } from "../money";
import type { Trade } from "../portfolio/trade";
import { noteAddition, planExit, withLegs, type ExitPlan } from "../portfolio/exit-plan";
import { growExits } from "../portfolio/grow-exits";
import type { FundingPayment } from "../settlement/funding";
import type { LegEntry } from "../settlement/settle-position";
import type { AskedSettings } from "./ask-markets";
import type { BotState, HeldPosition } from "./bot-state";
import { rememberTrade } from "./entry-history";
import type { MarketOrderPlan } from "./plan-order";
import type { SlotView } from "./view-market";

/** A fill, when it happened and when it could first be booked (ms). Both times come from the candle. */
export type BookedFill = {
  readonly positionId: string;
  readonly pair: string;
  readonly fill: MarketFill;
  readonly filledAt: number;
  readonly bookedAt: number;
};

export type Booked = {
  readonly state: BotState;
  /** Null where nothing was filled: a payment of funding. */
  readonly fill: BookedFill | null;
  readonly posting: LedgerTransaction;
  /** The round trip that ended with the fill; null where none did. */
  readonly trade: Trade | null;
};

const inOrder = (first: HeldPosition, second: HeldPosition): number =>
  first.openedAt - second.openedAt || first.marketId - second.marketId;

/** Unique: a market has at most one position, and at most one entry per slot. */
const positionIdOf = (marketId: number, openedAt: number): string => `${marketId}:${openedAt}`;

type Further = Pick<BookedFill, "fill" | "filledAt" | "bookedAt"> & { readonly fillId: string };

/** Books a further fill that enters an open position. */
const enlarge = (state: BotState, position: HeldPosition, further: Further): Booked => {
  const { fill, fillId, filledAt, bookedAt } = further;
  const { id, pair } = position;
  const enlarged = enlargePosition(position, { ...fill, fillId, bookedAt });
  const held = { ...position, ...enlarged.position, past: addEntryFill(position.past, fill) };
  return {
    state: {
      ...state,
      balances: addLines(state.balances, enlarged.transaction.lines),
      positions: state.positions.map((other) => (other.id === id ? held : other)),
    },
    fill: { positionId: id, pair, fill, filledAt, bookedAt },
    posting: enlarged.transaction,
    trade: null,
  };
};

type Entry = {
  readonly order: MarketOrderPlan & { readonly purpose: "entry" };
  readonly view: SlotView;
  readonly openedBy: AskedSettings;
  readonly fill: MarketFill;
  readonly at: number;
};

/** Books a fill that adds to an open position: its parts grow with it, and a break-even follows its average. */
const bookAddition = (state: BotState, open: HeldPosition, { view, fill, at }: Entry): Booked => {
  const added = open.exitPlan.added + 1;
  const { rules } = view;
  const enlarged = enlarge(state, open, { fill, fillId: `${open.id}:add:${added}`, filledAt: at, bookedAt: at });
  const positions = enlarged.state.positions.map((position) => {
    if (position.id !== open.id) return position;
    const exits = growExits(open, { ...position, ...rules, price: fill.price });
    const exitPlan = noteAddition(exits.exitPlan, { at, from: open.quantity, to: position.quantity });
    return { ...position, ...exits, exitPlan };
  });
  return { ...enlarged, state: { ...enlarged.state, positions } };
};

/** Books the fill of an entry: it opens a position, or adds to the one that its market has. */
export const bookEntryFill = (state: BotState, entry: Entry): Booked => {
  const { order, view, openedBy, fill, at } = entry;
  const { marketId, mark } = view;
  const open = state.positions.find((position) => position.marketId === marketId);
  if (open) return bookAddition(state, open, entry);
  const position = openPosition({
    id: positionIdOf(marketId, at),
    pair: order.pair,
    side: order.positionSide,
    leverage: order.leverage,
    stopLoss: order.stopLoss,
    takeProfit: order.takeProfit,
    mark: mark ?? fill.price,
    fill: { ...fill, at },
  });
  const posting = postEntry({ fillId: `${position.id}:open`, at, margin: position.margin, fee: fill.fee });
  const { lot } = view.rules;
  const legs = shrinkLegs(order.legs, { filled: fill.quantity, ordered: order.quantity, lot });
  const exitPlan = withLegs(planExit(position, order.exits, view.rules), legs);
  const { matching } = openedBy;
  const held = {
    ...position,
    ...(matching && { matching }),
    marketId,
    openedBy,
    exitPlan,
    past: firstFill(fill),
  };
  return {
    state: {
      ...state,
      balances: addLines(state.balances, posting.lines),
      positions: [...state.positions, held].toSorted(inOrder),
    },
    fill: { positionId: position.id, pair: position.pair, fill, filledAt: at, bookedAt: at },
    posting,
    trade: null,
  };
};

type Exit = {
  readonly fill: MarketFill;
  readonly filledAt: number;
  readonly bookedAt: number;
  readonly reason: ExitReason;
  /** The plan of what is left; none where the fill takes the rest. */
  readonly planOfRest?: ExitPlan;
  /** Funding that what leaves still gets; absent: none. */
  readonly funding?: Decimal;
};

/** How many exits a position had before, so that each has an id of its own. */
const closingIdOf = ({ id, past }: HeldPosition, isLast: boolean): string =>
  isLast ? `${id}:close` : `${id}:part:${past.exitQuantity.toFixed()}`;

const rememberClosed = (state: BotState, marketId: number, trade: Trade): BotState => ({
  ...state,
  past: rememberTrade(state.past, { ...trade, marketId }),
  heldBefore: [...new Set([...state.heldBefore, marketId])].toSorted((first, second) => first - second),
});

/** Books a fill that takes from a position; with the last of it the position is closed. */
export const bookExitFill = (
  state: BotState,
  position: HeldPosition,
  { planOfRest = position.exitPlan, ...exit }: Exit,
): Booked => {
  const { marketId, id, pair, past } = position;
  const fillId = closingIdOf(position, exit.fill.quantity.eq(position.quantity));
  const reduced = reducePosition(position, { ...exit, fillId, past });
  const others = state.positions.filter((other) => other.id !== id);
  const rest = reduced.position && { ...position, ...reduced.position, past: reduced.past, exitPlan: planOfRest };
  const after = {
    ...state,
    balances: addLines(state.balances, reduced.transaction.lines),
    positions: rest ? [...others, rest].toSorted(inOrder) : others,
  };
  return {
    state: reduced.trade ? rememberClosed(after, marketId, reduced.trade) : after,
    fill: { positionId: id, pair, fill: exit.fill, filledAt: exit.filledAt, bookedAt: exit.bookedAt },
    posting: reduced.transaction,
    trade: reduced.trade,
  };
};

/** Books a leg of an entry that settling found. The plan has counted it before. */
export const bookLegFill = (state: BotState, position: HeldPosition, entry: LegEntry): Booked => {
  const { fill, leg, filledAt, knownAt: bookedAt } = entry;
  return enlarge(state, position, { fill, fillId: `${position.id}:leg:${leg}`, filledAt, bookedAt });
};

/** Books a payment of funding to a position that stays open. */
export const bookFunding = (state: BotState, position: HeldPosition, payment: FundingPayment): Booked => {
  const { dueAt, knownAt: at, amount } = payment;
  const posting = postFunding({ positionId: position.id, dueAt, at, amount });
  const past = { ...position.past, funding: position.past.funding.plus(amount) };
  return {
    state: {
      ...state,
      balances: addLines(state.balances, posting.lines),
      positions: state.positions.map((other) => (other.id === position.id ? { ...position, past } : other)),
    },
    fill: null,
    posting,
    trade: null,
  };
};
