import { expect, it } from "vitest";
import { kindOfOrder } from "./order-words";

it.each(["market", "entry-leg", "stop-loss", "take-profit", "liquidation", "exit-supertrend", "exit-sma200", "exit-rsi"])(
  "an order of kind %s is told in words, not by its code",
  (kind) => expect(kindOfOrder(kind)).not.toMatch(/[a-z]-[a-z]/),
);
