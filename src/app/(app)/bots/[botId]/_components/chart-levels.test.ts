import { expect, it } from "vitest";
import type { CandleChart } from "~/contracts/chart-view";
import { chartLevels } from "./chart-levels";
import { describeLevels } from "./describe-candles";

const position: NonNullable<CandleChart["position"]> = {
  id: "0199",
  side: "long",
  entryPrice: "100",
  stopName: "trailing stop",
  legs: ["98", "95"],
  targets: ["105"],
  stopLoss: "90",
  takeProfit: null,
};

it("has a line for each level of the open position: its legs to come, its parts, and no target where it has none", () => {
  const levels = chartLevels({ position }, { ink: "#000", loss: "#a00", gain: "#0a0" });
  expect(levels.map(({ title, price, color }) => `${title} ${price} ${color}`)).toEqual([
    "entry 100 #000",
    "entry leg 98 #000",
    "entry leg 95 #000",
    "trailing stop 90 #a00",
    "part target 105 #0a0",
  ]);
  expect(chartLevels({ position: null }, { ink: "#000", loss: "#a00", gain: "#0a0" })).toEqual([]);
});

it("says the same levels in words", () => {
  expect(describeLevels(position, 1)).toBe(
    "entry 100.0, entry leg 98.0, entry leg 95.0, trailing stop 90.0, part target 105.0, target none",
  );
});
