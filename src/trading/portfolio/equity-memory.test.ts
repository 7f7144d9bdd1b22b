import fc from "fast-check";
import { expect, it } from "vitest";
import { dayStartOf } from "../market/day-start";
import { decimal, minOf } from "../money";
import { equityFigures, rememberEquity, type EquityMemory, type MarkedEquity } from "./equity-memory";

const HOUR = 3_600_000;
const MIDNIGHT = 1_704_067_200_000;
const point = (hour: number, equity: number, peak = equity): MarkedEquity => ({
  at: MIDNIGHT + hour * HOUR,
  equity: decimal(equity),
  peak: decimal(peak),
});
const fold = (points: readonly MarkedEquity[]): EquityMemory | null =>
  points.reduce<EquityMemory | null>(rememberEquity, null);
const told = (points: readonly MarkedEquity[], hour: number) => {
  const { peak, dayStart, dayLow } = equityFigures(fold(points), MIDNIGHT + hour * HOUR);
  return [peak, dayStart, dayLow].map((amount) => amount?.toFixed() ?? null);
};

it.each<[string, MarkedEquity[], number, (string | null)[]]>([
  ["nothing was marked", [], 1, [null, null, null]],
  ["a first day has no start", [point(1, 100), point(2, 90, 100)], 3, ["100", null, "90"]],
  ["a day starts with its midnight", [point(-1, 100), point(0, 80, 100), point(1, 90, 100)], 2, ["100", "80", "80"]],
  ["a day starts with the point before", [point(-1, 100), point(1, 90, 100)], 2, ["100", "100", "90"]],
  ["a new day forgets the low of the last", [point(1, 50, 100), point(2, 60, 100)], 24, ["100", "60", null]],
  ["a day without points starts with the last one", [point(1, 50, 60)], 72, ["60", "50", null]],
])("%s", (_case, points, hour, expected) => {
  expect(told(points, hour)).toEqual(expected);
});

it("remembers of any points what all of them together say", () => {
  const walk = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(walk, fc.integer({ min: 0, max: 30 }), (steps, later) => {
      let hour = 0;
      const points = steps.map(([wait, equity, peak]) => point((hour += wait), equity, peak));
      const start = dayStartOf(MIDNIGHT + (hour + later) * HOUR);
      const today = points.filter(({ at }) => at >= start).map(({ equity }) => equity);
      const [first, ...rest] = today;
      expect(told(points, hour + later)).toEqual([
        points.at(-1)?.peak.toFixed(),
        points.findLast(({ at }) => at <= start)?.equity.toFixed() ?? null,
        first ? minOf(first, ...rest).toFixed() : null,
      ]);
    }),
  );
});

it("of a bot that was never marked nothing is said: each figure is null", () => {
  expect(equityFigures(null, 0)).toStrictEqual({ peak: null, dayStart: null, dayLow: null });
});
