import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { cutIntoLegs, dcaSchema, growEntryLegs, priceLegs, shrinkLegs } from "./entry-legs";

const settings = (...legs: readonly (readonly [againstFraction: number, share: number])[]) => ({
  legs: legs.map(([againstFraction, share]) => ({ againstFraction, share })),
});
const errorsOf = (stored: unknown) => dcaSchema.safeParse(stored).error?.issues.map(({ message }) => message) ?? [];

describe("settings of entries in legs", () => {
  it.each([
    ["no legs", {}, []],
    ["legs that leave a part for the first entry", settings([0.01, 0.5], [0.02, 0.49]), []],
    ["a leg as far as the one before", settings([0.01, 0.1], [0.01, 0.1]), ["each leg must be farther"]],
    ["legs that are all of it", settings([0.01, 0.5], [0.02, 0.5]), ["the legs must leave a part"]],
    // As floats they add up to less than 1.
    ["legs that are all of it to the last digit", settings([0.01, 0.7], [0.02, 0.2], [0.03, 0.1]), ["the legs must"]],
  ])("%s", (_case, stored, expected) => {
    expect(errorsOf(stored)).toEqual(expected.map((part) => expect.stringContaining(part)));
  });
});

describe("the legs of a planned entry", () => {
  const planned = (side: "long" | "short", quantity = "1") => {
    const { first, parts } = cutIntoLegs(decimal(quantity), settings([0.01, 0.3], [0.0256, 0.25]), "0.1");
    const entered = { side, entryPrice: decimal(200), tick: "0.5", takerFeeRate: decimal("0.001") };
    return [
      first.toFixed(),
      ...priceLegs(parts, entered).map((leg) => `${leg.quantity} at ${leg.price} for ${leg.fee}`),
    ];
  };

  it("are cut to whole lots, what is over stays with the first, and each has its price on the tick and its fee", () => {
    expect(planned("long")).toEqual(["0.5", "0.3 at 198 for 0.0594", "0.2 at 195 for 0.039"]);
    expect(planned("short")).toEqual(["0.5", "0.3 at 202 for 0.0606", "0.2 at 205 for 0.041"]);
  });

  it("too small for a lot stay with the first", () => {
    expect(planned("long", "0.3")).toEqual(["0.3"]);
  });

  it("still to come grow with what is filled of the first later, and one that is unknown to its order stays", () => {
    const ordered = [
      { price: "198", quantity: "0.3", fee: "0.0594" },
      { price: "195", quantity: "0.1", fee: "0.0195" },
    ];
    const other = { price: "190", quantity: "0.1", fee: "0.019" };
    const toCome = [{ price: "198", quantity: "0.1", fee: "0.0198" }, other];
    const filling = { filled: decimal("0.4"), ordered: decimal("0.6"), lot: "0.1" };
    expect(growEntryLegs(toCome, ordered, filling)).toEqual([{ price: "198", quantity: "0.2", fee: "0.0396" }, other]);
  });

  it("shrink with the part that was filled of the first, and what they will cost with them", () => {
    const legs = [
      { price: "198", quantity: "0.3", fee: "0.0594" },
      { price: "195", quantity: "0.1", fee: "0.0195" },
    ];
    const shrunk = (filled: string) =>
      shrinkLegs(legs, { filled: decimal(filled), ordered: decimal("0.6"), lot: "0.1" });
    expect(shrunk("0.6")).toEqual(legs);
    expect(shrunk("0.4")).toEqual([{ price: "198", quantity: "0.2", fee: "0.0396" }]);
    expect(shrunk("0.1")).toEqual([]);
  });
});
