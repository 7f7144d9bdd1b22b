import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NEWEST_MATCHING } from "../execution/matching";
import type { Candle } from "../market/candle";
import { HOUR_MS, MINUTE_MS } from "../market/duration";
import { decimal, sumOf, ZERO } from "../money";
import { reducePosition } from "../portfolio/apply-fill";
import type { PlannedPosition } from "../portfolio/position";
import { firstFill } from "../portfolio/apply-fill";
import { buildPosition } from "../portfolio/testing/position-builder";
import { fundingOfExit, type FundingSource } from "./funding";
import { settledEvents } from "./settled-events";
import { settlePosition } from "./settle-position";

const TERMS = {
  timeframe: "5m",
  lot: decimal("0.001"),
  tick: decimal("0.01"),
  takerFeeRate: decimal("0.0005"),
} as const;
const STATED = { ...NEWEST_MATCHING, fundingRatePer8h: 0.0003 };

/** Calm candles from one hour through another, all at one price. */
const calm = (fromHour: number, throughHour: number, price = 100): Candle[] =>
  Array.from({ length: (throughHour - fromHour) * 12 }, (_, index) => {
    const openTime = fromHour * HOUR_MS + index * 5 * MINUTE_MS;
    return { openTime, open: price, high: price, low: price, close: price, volume: 1000 };
  });

const held = (part: Partial<PlannedPosition> = {}): PlannedPosition => {
  const openedAt = part.openedAt ?? 7 * HOUR_MS;
  return buildPosition({ matching: STATED, openedAt, settledThrough: openedAt, markedAt: openedAt, ...part });
};

const fundingFor = (position: PlannedPosition, candles: readonly Candle[], funding?: FundingSource) =>
  settlePosition(position, candles, { ...TERMS, time: 100 * HOUR_MS, funding }).funding.map(
    ({ dueAt, knownAt, amount }) => [dueAt / HOUR_MS, (knownAt - dueAt) / MINUTE_MS, amount.toFixed()],
  );

describe("funding", () => {
  it("is paid by longs and got by shorts at 00, 08 and 16 UTC, known with the candle that opens then", () => {
    const candles = calm(7, 25);
    const [payments, got] = [held({ quantity: decimal(2) }), held({ side: "short", quantity: decimal(2) })].map(
      (position) => fundingFor({ ...position, stopLoss: null, takeProfit: null }, candles),
    );
    expect(payments).toEqual([8, 16, 24].map((hour) => [hour, 5, "-0.06"]));
    expect(got).toEqual([8, 16, 24].map((hour) => [hour, 5, "0.06"]));
  });

  it.each([
    ["nothing by matching version 1", held({ matching: { version: 1 } }), undefined, []],
    ["nothing on spot", held(), null, []],
    ["the stated rate where none was recorded", held(), () => null, ["-0.03"]],
    ["the recorded rate before the stated one", held(), () => decimal("-0.0001"), ["0.01"]],
    ["a recorded rate of nothing", held(), () => ZERO, ["0"]],
  ] satisfies [string, PlannedPosition, FundingSource, string[]][])("is %s", (_, position, recorded, amounts) => {
    const paid = fundingFor(position, calm(7, 9), recorded).map(([, , amount]) => String(amount));
    expect(paid).toEqual(amounts);
  });

  it.each([
    ["is not paid by a position that opens at that instant", 8 * HOUR_MS, 0],
    ["is paid by one that opened a moment before", 8 * HOUR_MS - 1, 1],
  ])("%s", (_, openedAt, count) => {
    expect(fundingFor(held({ openedAt }), calm(8, 9))).toHaveLength(count);
  });

  it("is paid of what was added at that instant only from the next one on, also where it leaves before a candle", () => {
    const whole = { ...held({ quantity: decimal(3) }), stopLoss: null, takeProfit: null };
    const addition = { at: 8 * HOUR_MS, from: "1", to: "3" };
    const position = { ...whole, settledThrough: 8 * HOUR_MS, exitPlan: { ...whole.exitPlan, added: 1, addition } };
    const payments = fundingFor(position, calm(8, 17));
    expect(payments.map(([dueAt, , amount]) => [dueAt, amount])).toEqual([
      [8, "-0.03"],
      [16, "-0.09"],
    ]);
    const leaving = { quantity: decimal(3), price: decimal(100), filledAt: 8 * HOUR_MS + MINUTE_MS };
    expect(fundingOfExit(position, leaving, undefined).toFixed()).toBe("-0.03");
  });

  it("is paid at the first price after a gap, once for each instant in it", () => {
    const payments = fundingFor(held(), [...calm(7, 8), ...calm(17, 18, 110)]);
    expect(payments.map(([dueAt, , amount]) => [dueAt, amount])).toEqual([
      [8, "-0.033"],
      [16, "-0.033"],
    ]);
  });

  it("comes before the exits of its candle, and is not paid for what is gone", () => {
    const fall = { openTime: 8 * HOUR_MS, open: 95, high: 95, low: 80, close: 85, volume: 1000 };
    const settled = settlePosition(held(), [...calm(7, 8), fall, ...calm(9, 20, 85)], { ...TERMS, time: 99 * HOUR_MS });
    expect(settledEvents(settled).map(({ type }) => type)).toEqual(["funding", "exit"]);
    expect(settled.funding[0]?.amount.toFixed()).toBe("-0.0285");
  });

  it("of an exit that the bot orders is that of the part that leaves, also at that very instant", () => {
    const position = held({ quantity: decimal(3), settledThrough: 8 * HOUR_MS });
    const leaving = { quantity: decimal(2), price: decimal(110) };
    const at = (filledAt: number): string => fundingOfExit(position, { ...leaving, filledAt }, undefined).toFixed();
    expect([at(8 * HOUR_MS - 1), at(8 * HOUR_MS), at(16 * HOUR_MS)]).toEqual(["0", "-0.066", "-0.132"]);
  });
});

const thousandths = (min: number, max: number) => fc.integer({ min, max }).map((value) => decimal(value).div(1000));

it("a trade's net is gross - slippage - fees + funding, and its postings sum to zero, in any parts", () => {
  fc.assert(
    fc.property(
      fc.constantFrom<"long" | "short">("long", "short"),
      fc.array(
        fc.record({
          quantity: thousandths(1, 5000),
          price: thousandths(1, 9_000_000),
          funding: thousandths(-900, 900),
        }),
        {
          minLength: 1,
          maxLength: 5,
        },
      ),
      thousandths(-5000, 5000),
      (side, exits, funded) => {
        const quantity = sumOf(exits.map((exit) => exit.quantity));
        const entry = { price: decimal(100), quantity, fee: decimal("0.5"), slippage: decimal("0.25") };
        let position: ReturnType<typeof reducePosition>["position"] = buildPosition({ side, quantity });
        let past = { ...firstFill(entry), funding: funded };
        let trade: ReturnType<typeof reducePosition>["trade"] = null;
        for (const [index, { funding, ...exit }] of exits.entries()) {
          if (!position) throw new Error("closed too early");
          const fill = { ...exit, side: "sell", fee: decimal("0.1"), slippage: decimal("0.01") } as const;
          const times = { filledAt: 0, bookedAt: 0, reason: "stop-loss", fillId: String(index) } as const;
          const reduced: ReturnType<typeof reducePosition> = reducePosition(position, {
            ...times,
            fill,
            funding,
            past,
          });
          expect(sumOf(reduced.transaction.lines.map(({ amount }) => amount)).isZero()).toBe(true);
          ({ position, past, trade } = reduced);
        }
        const due = sumOf([funded, ...exits.map((exit) => exit.funding)]);
        expect(trade?.funding.toFixed()).toBe(due.toFixed());
        const net = trade?.grossPnl.minus(trade.slippage).minus(trade.fees).plus(due);
        expect(trade?.realizedPnl.toFixed()).toBe(net?.toFixed());
      },
    ),
    { numRuns: 1000 },
  );
});
