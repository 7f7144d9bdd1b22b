import { expect, it } from "vitest";
import { customSettingsSchema } from "./custom-settings";
import { windowsOf } from "./rule-windows";

const indicator = (code: string, period: number, more: object = {}) => ({
  indicator: code,
  parameters: { period },
  ...more,
});
const above = (left: unknown) => ({ left, is: ">", right: 0 });
const crossing = (over: unknown) => ({ left: "close", crosses: "up", over });
const second = { timeframe: "second" };

it.each<[string, unknown, { decision?: number; second?: number; needed?: number }]>([
  ["a field", above("close"), { needed: 1 }],
  ["an indicator with a window", above(indicator("sma", 200)), { needed: 200 }],
  ["the same some candles ago", above(indicator("sma", 200, { ago: 7 })), { needed: 207 }],
  ["the same beyond the least window", above(indicator("sma", 350)), { decision: 350, needed: 350 }],
  ["a recursive one", above(indicator("ema", 100)), { needed: 100 }],
  ["a recursive one with a long period", above(indicator("ema", 200)), { decision: 400, needed: 200 }],
  ["a crossing", crossing(indicator("sma", 50)), { needed: 51 }],
  ["a persistence", { forCandles: 10, holds: above(indicator("sma", 50)) }, { needed: 59 }],
  ["both", { all: [{ withinCandles: 10, holds: crossing(indicator("sma", 50)) }] }, { needed: 60 }],
  [
    "a persistence of a persistence",
    { forCandles: 10, holds: { forCandles: 5, holds: above("close") } },
    { needed: 14 },
  ],
  ["the second timeframe", above(indicator("ema", 90, second)), { second: 180, needed: 1 }],
  // Nine hours before the last one are three candles of 4h at most.
  ["the same for a time", { forCandles: 10, holds: above(indicator("ema", 90, second)) }, { second: 186, needed: 1 }],
])("rules read as many candles as their values need, and a fixed number at least: %s", (_, when, windows) => {
  const exits = [{ code: "out", name: "Out", when }];
  const settings = customSettingsSchema.parse({ secondTimeframe: "4h", long: { exits } });
  expect(windowsOf(settings)).toEqual({ decision: 300, second: 120, ...windows });
});
