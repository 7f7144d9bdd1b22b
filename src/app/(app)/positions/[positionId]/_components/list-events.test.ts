import { expect, it } from "vitest";
import type { OrderView } from "~/contracts/cycle-view";
import { listEvents } from "./list-events";

const at = (minute: number): Date => new Date(Date.UTC(2024, 0, 1, 0, minute));

const order = (id: string, purpose: OrderView["purpose"], minutes: readonly [number, number]): OrderView => ({
  id,
  clientOrderId: id,
  pair: "BTC/USDT",
  priceDigits: 1,
  purpose,
  kind: "market",
  side: purpose === "entry" ? "buy" : "sell",
  positionSide: "long",
  quantity: "2",
  filledQuantity: "2",
  averagePrice: "100",
  leverage: "2",
  stopLoss: null,
  takeProfit: null,
  legs: [],
  status: "filled",
  statusReason: null,
  intendedAt: at(minutes[0]),
  fills: [
    {
      id: `${id}-fill`,
      price: "100",
      quantity: "2",
      fee: "0.1",
      slippage: "0",
      filledAt: at(minutes[1]),
      positionId: "position",
    },
  ],
});

const entry = order("entry", "entry", [0, 0]);
const exit = order("exit", "protective", [30, 25]);

it("tells an order before its fill where both have one instant", () => {
  const events = listEvents({ orders: [entry], closed: null, mark: "101", markedAt: at(5) });
  expect(events.map(({ key }) => key)).toEqual(["entry", "entry-fill", "mark"]);
});

it("ends a closed position with its exit, not with a mark", () => {
  const pnl = { gross: "0", slippage: "0", fees: "0", funding: "0", net: "0" };
  const closed = { exitPrice: "100", exitedAt: at(25), isFundingKnown: true, exitReason: "stop-loss" as const, pnl };
  const events = listEvents({ orders: [entry, exit], closed, mark: "100", markedAt: at(25) });
  expect(events.map(({ key }) => key)).toEqual(["entry", "entry-fill", "exit-fill", "exit"]);
});
