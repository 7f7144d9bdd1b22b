import { expect, it } from "vitest";
import { hasNewCandle } from "./has-new-candle";

const MINUTE_MS = 60_000;

it.each<[string, number, number | null, boolean]>([
  ["a bot that never ran", 7, null, true],
  ["no candle closed since the last slot", 65, 60, false],
  ["the candle that closed at this slot", 120, 115, true],
  ["the candle that closed at the last slot was decided then", 125, 120, false],
  ["a candle that closed between two slots", 125, 115, true],
  ["several candles that closed while the bot was down", 600, 55, true],
])("a decision is due with new closed 1h candles only: %s", (_case, slot, lastDone, isDue) => {
  const lastDoneSlot = lastDone === null ? null : lastDone * MINUTE_MS;
  expect(hasNewCandle("1h", { slot: slot * MINUTE_MS, lastDoneSlot })).toBe(isDue);
});

it("over a day of slots, one decision is due for each candle", () => {
  const slots = Array.from({ length: 288 }, (_, index) => index * 5 * MINUTE_MS);
  const due = slots.filter((slot, index) => hasNewCandle("4h", { slot, lastDoneSlot: slots[index - 1] ?? null }));
  expect(due.map((slot) => slot / MINUTE_MS / 60)).toEqual([0, 4, 8, 12, 16, 20]);
});
