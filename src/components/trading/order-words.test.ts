import { expect, it } from "vitest";
import { describeOrderLegs, kindOfOrder } from "./order-words";

it.each([
  "market",
  "entry-leg",
  "stop-loss",
  "take-profit",
  "liquidation",
  "exit-supertrend",
  "exit-sma200",
  "exit-rsi",
])("an order of kind %s is told in words, not by its code", (kind) =>
  expect(kindOfOrder(kind)).not.toMatch(/[a-z]-[a-z]/),
);

it("an entry names what it enters further, and one without legs nothing", () => {
  const legs = [
    { price: "51208.2", quantity: "0.0044" },
    { price: "50385.6", quantity: "0.0026" },
  ];
  expect(describeOrderLegs({ legs, priceDigits: 1 })).toBe("then 0.0044 at 51,208.2 and 0.0026 at 50,385.6");
  expect(describeOrderLegs({ legs: [], priceDigits: 1 })).toBeNull();
});
