import type { MarketFill } from "../execution/fill-market-order";
import { closePosition } from "../portfolio/close-position";
import { addLines, postEntry, type LedgerTransaction } from "../portfolio/ledger";
import type { ExitReason } from "../portfolio/exit-reason";
import { openPosition } from "../portfolio/open-position";
import type { Trade } from "../portfolio/trade";
import { planExit } from "../portfolio/exit-plan";
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
  readonly fill: BookedFill;
  readonly posting: LedgerTransaction;
  /** The round trip that ended with the fill; null for an entry. */
  readonly trade: Trade | null;
};

const inOrder = (first: HeldPosition, second: HeldPosition): number =>
  first.openedAt - second.openedAt || first.marketId - second.marketId;

/** Unique: a market has at most one position, and at most one entry per slot. */
const positionIdOf = (marketId: number, openedAt: number): string => `${marketId}:${openedAt}`;

type Entry = {
  readonly order: MarketOrderPlan & { readonly purpose: "entry" };
  readonly view: SlotView;
  readonly openedBy: AskedSettings;
  readonly fill: MarketFill;
  readonly at: number;
};

/** Books the fill that opens a position. */
export const bookEntryFill = (state: BotState, { order, view, openedBy, fill, at }: Entry): Booked => {
  const { marketId, mark } = view;
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
  const { fee, slippage } = fill;
  const posting = postEntry({ fillId: `${position.id}:open`, at, margin: position.margin, fee });
  const held = { ...position, marketId, openedBy, exitPlan: planExit(position), entryCosts: { fee, slippage } };
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
};

/** Books the fill that closes a whole position. */
export const bookExitFill = (state: BotState, position: HeldPosition, exit: Exit): Booked => {
  const { entryCosts, marketId, id, pair } = position;
  const { transaction, trade } = closePosition(position, { ...exit, fillId: `${id}:close`, entryCosts });
  return {
    state: {
      ...state,
      balances: addLines(state.balances, transaction.lines),
      positions: state.positions.filter((other) => other.id !== id),
      past: rememberTrade(state.past, { ...trade, marketId }),
      heldBefore: [...new Set([...state.heldBefore, marketId])].toSorted((first, second) => first - second),
    },
    fill: { positionId: id, pair, fill: exit.fill, filledAt: exit.filledAt, bookedAt: exit.bookedAt },
    posting: transaction,
    trade,
  };
};
