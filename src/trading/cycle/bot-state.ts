import type { Decimal } from "../money";
import type { EquityMemory } from "../portfolio/equity-memory";
import { balancesOf, postDeposit, type Balances } from "../portfolio/ledger";
import type { PastFills } from "../portfolio/apply-fill";
import type { PlannedPosition } from "../portfolio/position";
import type { AskedSettings } from "./ask-markets";
import { NO_EVENTS, type PastEvents } from "./entry-history";
import type { DrawdownAlert, TradingState } from "./watch-drawdown";

/** An open position with its market, the settings that opened it and the sums over its fills, which its trade includes. */
export type HeldPosition = PlannedPosition & {
  readonly marketId: number;
  /** These settings also decide when to close it, even after the bot's settings change. */
  readonly openedBy: AskedSettings;
  readonly past: PastFills;
  /** What it was opened for, where a model said so: the model is told it again. */
  readonly thesis?: string;
};

/**
 * All that a bot carries from slot to slot, as plain data. Its size is bounded by how far back the gate looks, however
 * long the bot runs. Amounts in `currency`, times in ms of venue time. No slot needs older records.
 */
export type BotState = {
  readonly initialCapital: Decimal;
  readonly currency: string;
  readonly tradingState: TradingState;
  /** The last slot that ended; null before the first. Candles that closed after it are not decided yet. */
  readonly lastDoneSlot: number | null;
  readonly balances: Balances;
  /** Sorted by opening time, then by market. */
  readonly positions: readonly HeldPosition[];
  /** Peak, day start and day low of marked equity; null before the first mark. */
  readonly equity: EquityMemory | null;
  /** Trades, stops and entries, as far as the gate still asks about them. */
  readonly past: PastEvents;
  /** Markets in which a position was closed: the control does not buy there again. */
  readonly heldBefore: readonly number[];
  /** The peak for which each kind of alert was last sent; null: never. */
  readonly toldAtPeak: Readonly<Record<DrawdownAlert["kind"], Decimal | null>>;
};

/** Whether an alert was sent for its peak before; where there is none, nothing is left to tell. */
export const isTold = ({ toldAtPeak }: Pick<BotState, "toldAtPeak">, alert: DrawdownAlert | null): boolean =>
  alert === null || toldAtPeak[alert.kind]?.eq(alert.peak) === true;

/** A bot that has its capital and has not traded yet. */
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
