import { expect, it } from "vitest";
import { decimal } from "../money";
import { buildPosition } from "../portfolio/testing/position-builder";
import { exitAtMark } from "./exit-at-mark";
import type { FundingPayment } from "./funding";
import { isFundingKnown } from "./funding";
import { isQuietlySettled, settledEvents } from "./settled-events";
import type { LegEntry, ProtectiveExit } from "./settle-position";

const payment = (knownAt: number) => ({ knownAt }) as FundingPayment;
const entry = (knownAt: number) => ({ knownAt }) as LegEntry;
const exit = (knownAt: number) => ({ knownAt }) as ProtectiveExit;
const told = (found: Parameters<typeof settledEvents>[0]) =>
  settledEvents(found).map(({ type, knownAt }) => `${type} ${knownAt}`);

it("what was settled is booked as it became known: of one candle payments, then legs, then exits", () => {
  const found = { funding: [payment(2), payment(1)], entries: [entry(3), entry(1)], exits: [exit(2), exit(1)] };
  expect(told(found)).toEqual(["funding 1", "entry 1", "exit 1", "funding 2", "exit 2", "entry 3"]);
});

it("only a settlement that brings nothing at all is quiet", () => {
  const nothing = { funding: [], entries: [], exits: [] };
  expect(isQuietlySettled(nothing)).toBe(true);
  expect(isQuietlySettled({ ...nothing, funding: [payment(1)] })).toBe(false);
  expect(isQuietlySettled({ ...nothing, entries: [entry(1)] })).toBe(false);
  expect(isQuietlySettled({ ...nothing, exits: [exit(1)] })).toBe(false);
});

it("a position whose market is no more leaves whole at its last price, a taker's fee paid", () => {
  const position = buildPosition({ quantity: decimal(2), mark: decimal(95), markedAt: 5 });
  const out = exitAtMark(position, { tick: decimal("0.01"), takerFeeRate: decimal("0.001"), at: 60_000 });
  expect(out).toMatchObject({ kind: "delisting", part: 0, filledAt: 60_000, knownAt: 60_000 });
  const { quantity, price, fee } = out.fill;
  expect(quantity.toFixed()).toBe("2");
  // At most the slippage of a market order below the last price, never above it.
  expect(price.lte(95) && price.gt(94.9)).toBe(true);
  expect(fee.toFixed()).toBe(price.times(2).times("0.001").toFixed());
});

it("funding is in a result on spot, which pays none, and where the position's terms charge it", () => {
  const first = buildPosition();
  expect(isFundingKnown({ ...first, marketType: "spot" })).toBe(true);
  expect(isFundingKnown({ ...first, marketType: "swap" })).toBe(false);
});
