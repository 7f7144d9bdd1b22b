import { expect, it } from "vitest";
import { createGroups } from "./create-groups";

/** Work that ends when it is told to, in the order in which it began. */
const createWork = () => {
  const groups: (readonly number[])[] = [];
  const ends: (() => void)[] = [];
  const work = async (items: readonly number[]): Promise<number[]> => {
    groups.push(items);
    await new Promise<void>((resolve) => ends.push(resolve));
    if (items.includes(-1)) throw new Error("broken");
    return items.map((item) => item * 2);
  };
  return { groups, work, endNext: () => ends.shift()?.() };
};

it("does the first at once and what comes meanwhile together, and answers each with its own", async () => {
  const { groups, work, endNext } = createWork();
  const add = createGroups(work);
  const first = add(1);
  const others = [2, 3, 4].map(add);
  expect(groups).toEqual([[1]]);
  endNext();
  expect(await first).toBe(2);
  expect(groups).toEqual([[1], [2, 3, 4]]);
  endNext();
  expect(await Promise.all(others)).toEqual([4, 6, 8]);
});

it("goes on after a group that failed", async () => {
  const { groups, work, endNext } = createWork();
  const add = createGroups(work);
  const [broken, waiting] = [add(-1), add(5)];
  endNext();
  await expect(broken).rejects.toThrow("broken");
  endNext();
  expect(await waiting).toBe(10);
  const later = add(6);
  endNext();
  expect(await later).toBe(12);
  expect(groups).toEqual([[-1], [5], [6]]);
});

it("keeps a group small", async () => {
  const { groups, work, endNext } = createWork();
  const add = createGroups(work);
  const all = Promise.all(Array.from({ length: 46 }, (_, index) => add(index)));
  for (let group = 0; group < 4; group++) {
    endNext();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await all).toHaveLength(46);
  expect(groups.map(({ length }) => length)).toEqual([1, 20, 20, 5]);
});
