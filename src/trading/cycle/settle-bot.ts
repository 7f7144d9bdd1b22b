import { isControl } from "../decision/is-control";
import { settledEvents, type SettledEvent } from "../settlement/settled-events";
import { settlePosition } from "../settlement/settle-position";
import { invariant } from "../invariant";
import { bookExitFill, bookFunding, bookLegFill, type Booked } from "./book-fill";
import type { BotState, HeldPosition } from "./bot-state";
import { keepLegs } from "./keep-legs";
import { releaseControl } from "./release-control";
import { settlementTermsIn, type SlotMarkets } from "./slot-market";

export type SettledBot = { readonly state: BotState; readonly booked: readonly Booked[] };

const replace = (state: BotState, position: HeldPosition): BotState => ({
  ...state,
  positions: state.positions.map((other) => (other.id === position.id ? position : other)),
});

const bookSettled = (state: BotState, open: HeldPosition, event: SettledEvent): Booked => {
  if (event.type === "funding") return bookFunding(state, open, event.payment);
  if (event.type === "entry") return bookLegFill(state, open, event.entry);
  const { fill, filledAt, knownAt: bookedAt, kind: reason } = event.exit;
  return bookExitFill(state, open, { fill, filledAt, bookedAt, reason });
};

/**
 * Settles open positions over the candles that closed at or before `time` (ms): stops, targets, liquidation, funding, marks.
 * How often it runs does not matter: settling through a and then through b equals settling through b.
 */
export const settleBot = (
  state: BotState,
  { time }: { readonly time: number },
  { finestTimeframe: timeframe, traded, held }: SlotMarkets,
): SettledBot => {
  const booked: Booked[] = [];
  let settledState = state;
  for (const bound of state.positions) {
    const position = keepLegs(releaseControl(bound, isControl(bound.openedBy)), state.tradingState);
    const market = [...traded, ...held].find(({ id }) => id === position.marketId);
    const candles = market?.candles({ timeframe, from: position.settledThrough, closedBy: time }) ?? [];
    const terms = { timeframe, ...settlementTermsIn(market), time };
    const settled = settlePosition(position, candles, terms);
    // Quantity, price and margin follow with what is booked.
    const { stopLoss, takeProfit, settledThrough, mark, markedAt, exitPlan } = settled;
    settledState = replace(settledState, {
      ...position,
      stopLoss,
      takeProfit,
      settledThrough,
      mark,
      markedAt,
      exitPlan,
    });
    for (const event of settledEvents(settled)) {
      const open = settledState.positions.find(({ id }) => id === position.id);
      invariant(open, `position ${position.id} was closed before its last exit`);
      const done = bookSettled(settledState, open, event);
      settledState = done.state;
      booked.push(done);
    }
  }
  return { state: settledState, booked };
};
