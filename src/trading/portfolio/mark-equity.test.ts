import { expect, it } from "vitest";
import { decimal } from "../money";
import { markEquity } from "./mark-equity";
import { buildPosition } from "./testing/position-builder";

const initialCapital = decimal(1000);
const balances = { cash: decimal(900), margin: decimal(100) };

it.each<[string, number, number | null, string, string]>([
  ["a first point below the capital", 90, null, "990", "1000"],
  ["a first point above the capital", 110, null, "1010", "1010"],
  ["a point below the peak", 110, 1020, "1010", "1020"],
  ["a new peak", 130, 1020, "1030", "1030"],
  ["a peak below the capital, after a withdrawal", 90, 980, "990", "990"],
])("%s", (_case, mark, before, equity, peak) => {
  const positions = [buildPosition({ mark: decimal(mark) })];
  const point = markEquity(
    { balances, positions },
    { peak: before === null ? null : decimal(before), initialCapital },
    7,
  );
  expect([point.at, point.equity.toFixed(), point.peak.toFixed()]).toEqual([7, equity, peak]);
  expect(point.equity).toEqual(point.cash.plus(point.margin).plus(point.unrealizedPnl));
});
