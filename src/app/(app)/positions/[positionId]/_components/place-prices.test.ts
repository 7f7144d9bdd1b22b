import { expect, it } from "vitest";
import { placePrices } from "./place-prices";

it("puts prices on one scale, lowest first, with their distance from the entry", () => {
  const placed = placePrices(
    [
      { name: "Stop", price: "110" },
      { name: "Entry", price: "100" },
      { name: "Target", price: "70" },
    ],
    "100",
  );
  expect(placed).toEqual([
    { name: "Target", price: "70", place: 0, change: -0.3 },
    { name: "Entry", price: "100", place: 0.75, change: 0 },
    { name: "Stop", price: "110", place: 1, change: 0.1 },
  ]);
});

it("puts a lone price in the middle", () => {
  expect(placePrices([{ name: "Entry", price: "5" }], "5")).toMatchObject([{ place: 0.5 }]);
});
