import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keepTelling } from "./keep-registering";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const TAKEN = "the Inngest server has taken the functions";

const open = async () => {
  const world = { isThere: true, areSilent: (): boolean | Promise<boolean> => false, told: 0, said: [] as string[] };
  const end = await keepTelling({
    register: () => {
      if (!world.isThere) return Promise.reject(new Error("nobody listens"));
      world.told += 1;
      return Promise.resolve();
    },
    areSilent: () => Promise.resolve(world.areSilent()),
    say: (text) => void world.said.push(text),
  });
  return { world, end };
};

it("a server that takes the functions is told of them once while they run", async () => {
  const { world, end } = await open();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect([world.told, world.said]).toEqual([1, [TAKEN]]);
  end();
  expect(vi.getTimerCount()).toBe(0);
});

it("a server that has forgotten them is told again, each minute until they run", async () => {
  const { world, end } = await open();
  world.areSilent = () => true;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(world.told).toBe(3);
  world.areSilent = () => false;
  await vi.advanceTimersByTimeAsync(600_000);
  expect([world.told, world.said]).toEqual([3, [TAKEN]]);
  end();
});

it("a server that is gone is asked again each ten seconds, which is said once, and told when it is back", async () => {
  const { world, end } = await open();
  [world.isThere, world.areSilent] = [false, () => true];
  await vi.advanceTimersByTimeAsync(120_000);
  expect(world.told).toBe(1);
  world.isThere = true;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(world.told).toBe(2);
  expect(world.said).toEqual([TAKEN, expect.stringMatching(/no bot trades.*nobody listens/), TAKEN]);
  end();
});

it("a database that does not answer says nothing of the functions, and what has ended tells no more", async () => {
  const { world, end } = await open();
  world.areSilent = () => Promise.reject(new Error("no answer"));
  await vi.advanceTimersByTimeAsync(300_000);
  world.areSilent = () => true;
  end();
  await vi.advanceTimersByTimeAsync(300_000);
  expect(world.told).toBe(1);
});
