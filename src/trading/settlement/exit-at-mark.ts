import type { Decimal } from "../money";
import type { Position } from "../portfolio/position";
import { fillExit, type ProtectiveExit } from "./settle-position";

type Ended = { readonly tick: Decimal; readonly takerFeeRate: Decimal; readonly at: number };

/**
 * The exit of a whole position whose market is no more: filled at its last price at a time (ms). A venue settles by an
 * average of its index before the end, which is not known here.
 */
export const exitAtMark = (position: Position, { at, ...costs }: Ended): ProtectiveExit => {
  const { mark, quantity } = position;
  const last = mark.toNumber();
  const candle = { openTime: at, open: last, high: last, low: last, close: last, volume: null };
  const fill = fillExit(position, { kind: "delisting", level: mark, quantity, isPart: false }, { ...costs, candle });
  return { kind: "delisting", part: 0, filledAt: at, knownAt: at, fill };
};
