import { expect, it } from "vitest";
import { createRowMemory } from "./create-row-memory";

it("remembers the newest rows of each database, as many as it may, and none of another's", () => {
  const memoryOf = createRowMemory<number>(2);
  const [one, other] = [{}, {}];
  for (const n of [1, 2, 2, 3]) memoryOf(one).add(`row ${n}`, n);
  const keys = ["row 1", "row 2", "row 3"];
  expect(keys.map((key) => memoryOf(one).get(key))).toEqual([undefined, 2, 3]);
  expect(keys.map((key) => memoryOf(other).get(key))).toEqual([undefined, undefined, undefined]);
});
