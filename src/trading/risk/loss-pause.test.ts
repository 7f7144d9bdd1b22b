import { expect, it } from "vitest";
import { decimal } from "../money";
import { countLosses, lossPauseUntil } from "./loss-pause";

const HOUR_MS = 3_600_000;
const LIMITS = { consecutiveLossesMax: 3, lossPauseHours: 24 };
/** A trade an hour: "-" lost, "+" won, "0" neither. */
const trades = (results: string) => {
  let lossesInRow = 0;
  return results.split("").map((result, index) => {
    lossesInRow = countLosses(lossesInRow, { realizedPnl: decimal(result === "0" ? 0 : `${result}1`) });
    return { lossesInRow, exitedAt: index * HOUR_MS };
  });
};

it.each<[string, string, number | null]>([
  ["no trade", "", null],
  ["one loss too few", "--", null],
  ["as many losses as are allowed", "---", 26],
  ["losses with a win between", "--+--", null],
  ["losses with a trade between that won nothing", "--0--", null],
  ["a run after a win", "-+---", 28],
  ["a run that ended with a win: the pause stands", "---+", 26],
  ["more losses after the pause began: they count anew", "-----", 26],
  ["a second run after the pause: the later one stands", "------", 29],
])("%s", (_case, results, untilHour) => {
  expect(lossPauseUntil(trades(results), LIMITS)).toBe(untilHour === null ? null : untilHour * HOUR_MS);
});

it("one loss pauses where one is the limit, for as long as the limits say", () => {
  expect(lossPauseUntil(trades("+-"), { consecutiveLossesMax: 1, lossPauseHours: 2 })).toBe(3 * HOUR_MS);
});
