import type { Decimal } from "../money";
import type { EquityMemory } from "../portfolio/equity-memory";
import { balancesOf, postDeposit, type Balances } from "../portfolio/ledger";
import type { PlannedPosition } from "../portfolio/position";
import type { AskedSettings } from "./ask-markets";
import { NO_EVENTS, type PastEvents } from "./entry-history";
import type { DrawdownAlert, TradingState } from "./watch-drawdown";

/** An open position, where it is held, by what settings and at what cost: a trade names the costs of both ends. */
export type HeldPosition = PlannedPosition & {
  readonly marketId: number;
  /** What opened it says when it is left, whatever the settings say later. */
  readonly openedBy: AskedSettings;
  readonly entryCosts: { readonly fee: Decimal; readonly slippage: Decimal };
};

/**
 * All that a bot carries from slot to slot: plain data, bounded by what the gate looks back on, however long it lives.
 * Amounts in `currency`, times in ms of venue time. What the books of record hold beyond it is never asked for.
 */
export type BotState = {
  readonly initialCapital: Decimal;
  readonly currency: string;
  readonly tradingState: TradingState;
  /** The last slot that ended; null before the first. A candle that closed after it is still to be decided. */
  readonly lastDoneSlot: number | null;
  readonly balances: Balances;
  /** In the order in which they were opened and, at one instant, of their markets. */
  readonly positions: readonly HeldPosition[];
  /** Peak, and start and low of the day, as equity was marked; null before the first mark. */
  readonly equity: EquityMemory | null;
  /** Trades, stops and entries, as far as the gate still asks about them. */
  readonly past: PastEvents;
  /** Markets in which a position was closed: the control does not buy there again. */
  readonly heldBefore: readonly number[];
  /** The peak below which each kind of alert was last told; null: it never was. */
  readonly toldAtPeak: Readonly<Record<DrawdownAlert["kind"], Decimal | null>>;
};

/** A bot that has its capital and did nothing yet. */
export const startBot = (start: {
  readonly initialCapital: Decimal;
  readonly currency: string;
  readonly at: number;
}): BotState => {
  const { initialCapital, currency, at } = start;
  return {
    initialCapital,
    currency,
    tradingState: "active",
    lastDoneSlot: null,
    balances: balancesOf(postDeposit({ id: "capital", amount: initialCapital, at }).lines),
    positions: [],
    equity: null,
    past: NO_EVENTS,
    heldBefore: [],
    toldAtPeak: { near: null, reached: null },
  };
};
