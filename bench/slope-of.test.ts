import { expect, it } from "vitest";
import { meansByMinute, slopeErrorOf, slopeOf } from "./slope-of";

const grow = (perHour: number) =>
  Array.from({ length: 61 }, (_, minute) => ({ at: minute * 60_000, mb: 100 + (minute / 60 - 0.5) * perHour }));
const swing = (by: (minute: number) => number) => grow(0).map(({ at, mb }, minute) => ({ at, mb: mb + by(minute) }));

it("tells growth in percent of the mean an hour, and none of what swings around it", () => {
  expect(slopeOf(grow(10))).toBeCloseTo(10);
  expect(slopeOf(grow(-3))).toBeCloseTo(-3);
  expect(Math.abs(slopeOf(swing((minute) => (minute % 2 === 0 ? 5 : -5))))).toBeLessThan(1);
  expect(slopeOf([{ at: 3_600_000, mb: 100 }])).toBe(0);
});

it("tells how much of a growth may be chance, which the number of samples in a minute does not change", () => {
  expect(slopeErrorOf(grow(10))).toBeCloseTo(0);
  const jagged = swing((minute) => [3, -1, -4, 2][minute % 4] ?? 0);
  expect(slopeErrorOf(jagged)).toBeCloseTo(1.2, 1);
  const denser = jagged.flatMap(({ at, mb }) => [0, 20_000, 40_000].map((later) => ({ at: at + later, mb })));
  expect(slopeErrorOf(denser)).toBeCloseTo(slopeErrorOf(jagged) ?? 0);
  expect(meansByMinute(denser)).toHaveLength(jagged.length);
});

it("trusts a growth less where what swings does so for minutes, and says nothing of a few minutes", () => {
  const fast = slopeErrorOf(swing((minute) => (minute % 2 === 0 ? 3 : -3))) ?? 0;
  const slow = slopeErrorOf(swing((minute) => (minute % 20 < 10 ? 3 : -3))) ?? 0;
  expect(slow).toBeGreaterThan(2 * fast);
  expect(slopeErrorOf(grow(10).slice(0, 9))).toBeNull();
});
