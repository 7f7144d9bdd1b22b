import { expect, it } from "vitest";
import { AgeUsageError, parseAgeOptions } from "./age-options";
import { compareStages, describeQueries, findBeyond } from "./measure-age";

it("compares a young and an aged bot round by round, and names what is beyond its bounds", () => {
  const stages = compareStages({ guard: [10, 11, 500], audit: [10] }, { guard: [12, 11, 500], audit: [13] });
  expect(stages).toMatchObject([
    { stage: "guard", runs: 3, young: 11, aged: 12, ratio: 1 },
    { stage: "audit", runs: 1, ratio: 1.3 },
  ]);
  const queries = describeQueries({ "bots.list": [20, 900, 30], "bots.byId": [101, 102, 99] });
  expect(queries).toEqual([
    { query: "bots.list", p50: 30, worst: 900 },
    { query: "bots.byId", p50: 101, worst: 102 },
  ]);
  expect(findBeyond(stages, queries)).toEqual(["audit costs 1.30 times that of a young bot", "bots.byId takes 101 ms"]);
});

it.each([
  ["no number", ["--trades", "many"], /--trades must be a whole number of 100 to 10000000/],
  ["fewer entries than its trades have", ["--entries", "1000"], /five times/],
  ["too many hours", ["--rounds", "500"], /--rounds must be a whole number of 4 to 160/],
])("refuses %s", (_what, args, says) => {
  expect(() => parseAgeOptions(args)).toThrow(says);
  expect(() => parseAgeOptions(args)).toThrow(AgeUsageError);
});
