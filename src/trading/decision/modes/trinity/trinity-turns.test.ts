import fc from "fast-check";
import { expect, it } from "vitest";
import { toLineSides } from "../../../market/indicators/series/line-sides";
import { hasTurnedAgainst, isAgainst, readLineTurn, type LineTurn } from "./trinity-turns";

const LENGTH_MS = 60_000;
type Standing = LineTurn["standing"];

const SIDES = { above: 1, below: -1, on: 0 };

/** The window is what begins with the first standing that is known; what stands before it is nobody's business. */
const turnOf = (standings: readonly Standing[], before: readonly number[]): LineTurn => {
  const known = standings.map((standing) => (standing === null ? 1 : SIDES[standing]));
  const warm = standings.findIndex((standing) => standing !== null);
  const span = {
    warm: before.length + (warm === -1 ? standings.length : warm),
    last: before.length + standings.length - 1,
  };
  const sides = [...before, ...known];
  const closeTimes = sides.map((_, index) => (index - before.length + 1) * LENGTH_MS);
  return readLineTurn(toLineSides(Int8Array.from(sides)), span, closeTimes);
};

/** As it is said: it stands against the position now, and stood with it at a candle since the position was opened. */
const turnedByTheWord = (standings: readonly Standing[], openedAt: number, own: Standing): boolean | null => {
  const now = standings.at(-1) ?? null;
  if (now === null) return null;
  if (now === "on" || now === own) return false;
  const closedBefore = standings.filter((_, index) => (index + 1) * LENGTH_MS <= openedAt).length;
  return standings.slice(Math.max(0, closedBefore - 1)).includes(own);
};

const standings = fc
  .tuple(fc.nat({ max: 4 }), fc.array(fc.constantFrom<Standing>("above", "below", "on"), { maxLength: 12 }))
  .map(([cold, known]) => [...Array.from({ length: cold }, () => null), ...known]);
const openedAt = fc.integer({ min: -LENGTH_MS, max: 18 * LENGTH_MS });
const before = fc.array(fc.constantFrom(1, 0, -1), { maxLength: 3 });

it("the turn kept of a line answers like all its candles, for any side and time of opening", () => {
  fc.assert(
    fc.property(
      fc.tuple(standings, before),
      openedAt,
      fc.constantFrom("long" as const, "short" as const),
      ([candles, earlier], opened, side) => {
        const turn = turnOf(candles, earlier);
        const own = side === "long" ? "above" : "below";
        expect(hasTurnedAgainst(turn, { side, openedAt: opened })).toBe(turnedByTheWord(candles, opened, own));
        const now = candles.at(-1) ?? null;
        expect(isAgainst(turn, side)).toBe(now === null ? null : now !== own && now !== "on");
      },
    ),
    { numRuns: 2000 },
  );
});
