import { expect, it } from "vitest";
import { VenueError } from "~/trading/venue-error";
import { createTurns } from "./create-turns";

const attempts = async (fault: Error): Promise<number> => {
  const inTurn = createTurns();
  let asked = 0;
  const ask = async (): Promise<never> => {
    asked += 1;
    await Promise.resolve();
    throw fault;
  };
  const turns = await Promise.allSettled(Array.from({ length: 5 }, () => inTurn("BTC 5m", ask)));
  expect(turns.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => "rejected"));
  return asked;
};

it("asks a venue that did not answer once for all who wait for the same", async () => {
  expect(await attempts(new VenueError("unreachable", "no answer"))).toBe(1);
});

it("tries again for the next one after any other fault", async () => {
  expect(await attempts(new Error("broken"))).toBe(5);
});

it("asks again once nobody waits any more", async () => {
  const inTurn = createTurns();
  const silence = new VenueError("unreachable", "no answer");
  await expect(inTurn("BTC 5m", () => Promise.reject(silence))).rejects.toBe(silence);
  expect(await inTurn("BTC 5m", () => Promise.resolve("back"))).toBe("back");
});
