import { expect, it } from "vitest";
import { meansByMinute, slopeErrorOf, slopeOf } from "./slope-of";

const HOUR_MS = 3_600_000;
const grow = (perHour: number) =>
  Array.from({ length: 61 }, (_, minute) => ({ at: minute * 60_000, mb: 100 + (minute / 60 - 0.5) * perHour }));

it("tells growth in percent of the mean an hour, and none of what swings around it", () => {
  expect(slopeOf(grow(10))).toBeCloseTo(10);
  expect(slopeOf(grow(-3))).toBeCloseTo(-3);
  const swinging = grow(0).map(({ at, mb }, index) => ({ at, mb: mb + (index % 2 === 0 ? 5 : -5) }));
  expect(Math.abs(slopeOf(swinging))).toBeLessThan(1);
  expect(slopeOf([{ at: HOUR_MS, mb: 100 }])).toBe(0);
});

it("tells how much of a growth may be chance, which the number of samples in a minute does not change", () => {
  expect(slopeErrorOf(grow(10))).toBeCloseTo(0);
  const jagged = grow(0).map(({ at, mb }, index) => ({ at, mb: mb + ([3, -1, -4, 2][index % 4] ?? 0) }));
  expect(slopeErrorOf(jagged)).toBeCloseTo(1.2, 1);
  const denser = jagged.flatMap(({ at, mb }) => [0, 20_000, 40_000].map((later) => ({ at: at + later, mb })));
  expect(slopeErrorOf(denser)).toBeCloseTo(slopeErrorOf(jagged));
  expect(meansByMinute(denser)).toHaveLength(jagged.length);
});
