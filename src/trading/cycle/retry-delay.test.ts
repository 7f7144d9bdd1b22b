import { expect, it } from "vitest";
import { RETRIES_MAX, retryDelayMs } from "./retry-delay";

it("waits longer each time, apart from bot to bot, and gives up", () => {
  const bots = Array.from({ length: 50 }, (_, index) => `bot-${index}`);
  for (const [retries, least] of [15_000, 30_000, 60_000].entries()) {
    const waits = bots.map((bot) => retryDelayMs(bot, retries) ?? 0);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...waits)).toBeLessThan(least + 15_000);
    expect(new Set(waits).size).toBeGreaterThan(40);
  }
  expect(retryDelayMs("bot-1", RETRIES_MAX)).toBeNull();
});
