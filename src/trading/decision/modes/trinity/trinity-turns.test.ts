import fc from "fast-check";
import { expect, it } from "vitest";
import { hasTurnedAgainst, isAgainst, readLineTurn, sma200Standing, supertrendStanding } from "./trinity-turns";
import type { TrailPoint } from "./trinity-signals";

const LENGTH_MS = 60_000;
type Standing = "above" | "below" | "on" | null;

const pointAt = (standing: Standing, index: number): TrailPoint => {
  const closes = { above: 101, below: 99, on: 100 };
  const direction = standing === "above" ? ("up" as const) : ("down" as const);
  return {
    closeTime: (index + 1) * LENGTH_MS,
    close: standing === null ? 100 : closes[standing],
    sma200: standing === null ? null : 100,
    supertrend: standing === null ? null : { direction, value: 100 },
  };
};

/** As it is said: it stands against the position now, and stood with it at a candle since the position was opened. */
const turnedByTheWord = (standings: readonly Standing[], openedAt: number, own: Standing): boolean | null => {
  const now = standings.at(-1) ?? null;
  if (now === null) return null;
  if (now === "on" || now === own) return false;
  const closedBefore = standings.filter((_, index) => (index + 1) * LENGTH_MS <= openedAt).length;
  return standings.slice(Math.max(0, closedBefore - 1)).includes(own);
};

const standingsOf = (...values: Standing[]) => fc.array(fc.constantFrom(...values), { maxLength: 12 });
const openedAt = fc.integer({ min: -LENGTH_MS, max: 14 * LENGTH_MS });

it.each([
  ["SMA200", sma200Standing, standingsOf("above", "below", "on", null)],
  ["Supertrend", supertrendStanding, standingsOf("above", "below", null)],
])("the turn kept of %s answers like all its candles, for any side and time of opening", (_, standingOf, lists) => {
  fc.assert(
    fc.property(lists, openedAt, fc.constantFrom("long" as const, "short" as const), (standings, opened, side) => {
      const turn = readLineTurn(standings.map(pointAt), standingOf);
      const own = side === "long" ? "above" : "below";
      expect(hasTurnedAgainst(turn, { side, openedAt: opened })).toBe(turnedByTheWord(standings, opened, own));
      const now = standings.at(-1) ?? null;
      expect(isAgainst(turn, side)).toBe(now === null ? null : now !== own && now !== "on");
    }),
    { numRuns: 2000 },
  );
});
