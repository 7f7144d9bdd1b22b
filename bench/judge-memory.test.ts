import { expect, it } from "vitest";
import { findMemoryFailures } from "./judge-memory";

const held = (name: string, max: number, slope: number) => ({ name, max, slope });
const RUN = { minutes: 60, rows: [held("runner", 90, 1.9), held("sum", 650, 5)], replaced: [] };

it("passes an hour within its bounds; the sum may grow, as its processes are judged", () => {
  expect(findMemoryFailures(RUN)).toEqual([]);
});

it("fails what is beyond the budget, a process that grows, and one that was started again", () => {
  const rows = [held("runner", 651, 2), held("market", 40, -3), held("sum", 651, 0)];
  expect(findMemoryFailures({ minutes: 60, rows, replaced: ["market"] })).toEqual([
    "all together held 651 MB, more than 650",
    "runner grew by 2.0 % an hour, not less than 2",
    "market ended meanwhile and was started again: its figures are of two processes",
  ]);
});

it("judges no growth of less than an hour", () => {
  expect(findMemoryFailures({ ...RUN, minutes: 59, rows: [held("runner", 90, 40)] })).toEqual([]);
});
