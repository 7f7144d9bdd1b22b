import { afterEach, expect, it, vi } from "vitest";
import { createDatabase } from "~/server/db/client";
import { startBeating } from "./process-duties";

afterEach(() => {
  vi.useRealTimers();
});

it("a beat that a database holds up is followed by no second one until it ended", async () => {
  vi.useFakeTimers();
  const db = createDatabase({ url: "postgresql://nobody@127.0.0.1:1/nothing" });
  let release = (_count: number): void => undefined;
  const held = new Promise<number>((resolve) => {
    release = resolve;
  });
  const write = vi.spyOn(db, "$executeRaw").mockReturnValue(held as ReturnType<typeof db.$executeRaw>);
  const beats = startBeating({ db }, "runner");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(write).toHaveBeenCalledTimes(1);
  release(1);
  await vi.advanceTimersByTimeAsync(4000);
  expect(write).toHaveBeenCalledTimes(3);
  beats.stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(write).toHaveBeenCalledTimes(3);
  await db.$disconnect();
});
