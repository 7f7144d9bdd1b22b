import { z } from "zod";
import type { PositionSide } from "../../../portfolio/position-side";
import type { LineSides } from "../../../market/indicators/series/line-sides";

/**
 * Where the last candle stands to a line, and since when: all that an exit by a turn needs of the past, whenever the
 * position was opened. `turnedAt` is the close time (ms UTC) of the candle after the last one on the other side.
 */
export const lineTurnSchema = z.object({
  /** Above the line (Supertrend up), below it, or on it; null: the line is not known. */
  standing: z.enum(["above", "below", "on"]).nullable(),
  /** Null: no candle of the window stood on the other side. */
  turnedAt: z.number().int().nullable(),
});
export type LineTurn = z.infer<typeof lineTurnSchema>;

/** A line that is not known. */
export const NO_TURN: LineTurn = { standing: null, turnedAt: null };

/**
 * Reads a line's turn off the sides of the candles. The window's candles have a line from the index `warm` to `last`;
 * `closeTimes` are ms UTC.
 */
export const readLineTurn = (
  { sides, lastAbove, lastBelow }: LineSides,
  { warm, last }: { readonly warm: number; readonly last: number },
  closeTimes: ArrayLike<number>,
): LineTurn => {
  if (last < warm) return NO_TURN;
  const side = sides[last] ?? 0;
  if (side === 0) return { standing: "on", turnedAt: null };
  const other = (side > 0 ? lastBelow[last] : lastAbove[last]) ?? -1;
  return { standing: side > 0 ? "above" : "below", turnedAt: other < warm ? null : (closeTimes[other + 1] ?? null) };
};

/** Whether the line is on the far side of a position of this side; null where it is not known. */
export const isAgainst = ({ standing }: LineTurn, side: PositionSide): boolean | null =>
  standing === null ? null : standing === (side === "long" ? "below" : "above");

/**
 * Whether it turned against a position since that was opened (ms UTC), counted from the last candle that had closed by
 * then, and still stands against it.
 */
export const hasTurnedAgainst = (
  turn: LineTurn,
  { side, openedAt }: { readonly side: PositionSide; readonly openedAt: number },
): boolean | null => {
  const against = isAgainst(turn, side);
  return against === true ? turn.turnedAt !== null && turn.turnedAt > openedAt : against;
};
