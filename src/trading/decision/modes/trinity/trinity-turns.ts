import { z } from "zod";
import type { PositionSide } from "../../../portfolio/position-side";
import type { TrailPoint } from "./trinity-signals";

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

type Standing = LineTurn["standing"];

export const supertrendStanding = ({ supertrend }: TrailPoint): Standing =>
  supertrend && (supertrend.direction === "up" ? "above" : "below");

export const sma200Standing = ({ close, sma200 }: TrailPoint): Standing => {
  if (sma200 === null) return null;
  if (close === sma200) return "on";
  return close > sma200 ? "above" : "below";
};

const OTHER = { above: "below", below: "above" } as const;

/** Reads a line's turn off the candles, oldest first. */
export const readLineTurn = (trail: readonly TrailPoint[], standingOf: (point: TrailPoint) => Standing): LineTurn => {
  const standings = trail.map(standingOf);
  const standing = standings.at(-1) ?? null;
  if (standing === null || standing === "on") return { standing, turnedAt: null };
  const lastOther = standings.lastIndexOf(OTHER[standing]);
  return { standing, turnedAt: lastOther === -1 ? null : (trail[lastOther + 1]?.closeTime ?? null) };
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
