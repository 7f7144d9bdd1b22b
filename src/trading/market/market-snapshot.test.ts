import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { spreadFraction, toMarketSnapshot } from "./market-snapshot";

const FIELDS = ["referencePrice", "last", "bid", "ask", "quoteVolume24h", "fundingRate", "openInterest"] as const;
const nothing = Object.fromEntries(FIELDS.map((field) => [field, null])) as Record<(typeof FIELDS)[number], unknown>;
const garbage = fc.record(
  Object.fromEntries(
    FIELDS.map((field) => [
      field,
      fc.oneof(
        fc.anything(),
        fc.double(),
        fc.string(),
        fc.double().map(String),
        fc.float().map((value) => -value),
      ),
    ]),
  ) as Record<(typeof FIELDS)[number], fc.Arbitrary<unknown>>,
);

describe("toMarketSnapshot", () => {
  it("takes what can be true, as plain decimal text", () => {
    const raw = {
      referencePrice: 1e-7,
      last: "30000.10",
      bid: "30000",
      ask: "30001",
      quoteVolume24h: "0",
      fundingRate: "-0.0001",
      openInterest: 5,
    };
    expect(toMarketSnapshot("BTC/USDT", 7, raw)).toEqual({
      pair: "BTC/USDT",
      slot: 7,
      referencePrice: "0.0000001",
      last: "30000.1",
      bid: "30000",
      ask: "30001",
      quoteVolume24h: "0",
      fundingRate: "-0.0001",
      openInterest: "5",
    });
  });

  it.each([
    ["referencePrice", 0],
    ["last", "-1"],
    ["bid", "0.0"],
    ["ask", ""],
    ["ask", Number.NaN],
    ["quoteVolume24h", -1],
    ["quoteVolume24h", undefined],
    ["fundingRate", "n/a"],
    ["openInterest", Infinity],
    ["last", { price: 1 }],
  ])("calls a %s of %s unknown, never 0", (field, value) => {
    expect(toMarketSnapshot("BTC/USDT", 0, { ...nothing, [field]: value })).toMatchObject({ [field]: null });
  });

  it("makes no NaN, no infinity and no negative price of anything that a venue may send", () => {
    let known = 0;
    fc.assert(
      fc.property(garbage, (raw) => {
        const { pair, slot, fundingRate, quoteVolume24h, openInterest, ...prices } = toMarketSnapshot(
          "BTC/USDT",
          0,
          raw,
        );
        const priced = Object.values(prices).flatMap((text) => text ?? []);
        known += priced.length;
        expect([pair, slot]).toEqual(["BTC/USDT", 0]);
        for (const text of priced) expect(decimal(text).gt(0)).toBe(true);
        for (const text of [quoteVolume24h, openInterest]) expect(text === null || decimal(text).gte(0)).toBe(true);
        for (const text of [...priced, quoteVolume24h, openInterest, fundingRate]) {
          expect(text === null || /^-?\d+(\.\d+)?$/.test(text)).toBe(true);
        }
        expect(spreadFraction(prices)?.isFinite()).not.toBe(false);
      }),
      { numRuns: 1000 },
    );
    expect(known).toBeGreaterThan(0);
  });
});

describe("spreadFraction", () => {
  it.each([
    ["99", "101", "0.02"],
    ["100", "100", "0"],
    ["101", "99", undefined],
    [null, "99", undefined],
    ["99", null, undefined],
  ])("of bid %s and ask %s is %s of the middle", (bid, ask, fraction) => {
    expect(spreadFraction({ bid, ask })?.toFixed()).toBe(fraction);
  });
});
