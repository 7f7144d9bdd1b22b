import { isControl } from "../decision/is-control";
import { settlePosition } from "../settlement/settle-position";
import { invariant } from "../invariant";
import { decimal } from "../money";
import { bookExitFill, type Booked } from "./book-fill";
import type { BotState, HeldPosition } from "./bot-state";
import { releaseControl } from "./release-control";
import type { SlotMarkets } from "./slot-market";

export type SettledBot = { readonly state: BotState; readonly booked: readonly Booked[] };

const replace = (state: BotState, position: HeldPosition): BotState => ({
  ...state,
  positions: state.positions.map((other) => (other.id === position.id ? position : other)),
});

/**
 * Settles open positions over the candles that closed at or before `time` (ms): stops, targets, liquidation, marks.
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
    const position = releaseControl(bound, isControl(bound.openedBy));
    const market = [...traded, ...held].find(({ id }) => id === position.marketId);
    const candles = market?.candles({ timeframe, from: position.settledThrough, closedBy: time }) ?? [];
    // A position without a market here has no candles either, so nothing is filled.
    const { tick = 1, takerFeeRate = 0 } = market?.rules ?? {};
    const terms = { timeframe, tick: decimal(tick), takerFeeRate: decimal(takerFeeRate), time };
    const { exits, ...moved } = settlePosition(position, candles, terms);
    const { quantity: _left, ...levels } = moved;
    settledState = replace(settledState, { ...position, ...levels });
    for (const { fill, filledAt, knownAt: bookedAt, kind: reason } of exits) {
      const open = settledState.positions.find(({ id }) => id === position.id);
      invariant(open, `position ${position.id} was closed before its last exit`);
      const closed = bookExitFill(settledState, open, { fill, filledAt, bookedAt, reason });
      settledState = closed.state;
      booked.push(closed);
    }
  }
  return { state: settledState, booked };
};
