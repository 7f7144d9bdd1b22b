import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseDecimalText, parseNumber } from "./parse-number";

describe("parseNumber", () => {
  it.each([
    ["37630.5", 37630.5],
    ["0", 0],
    ["-0.0001", -0.0001],
    ["1e-7", 1e-7],
    [".5", 0.5],
    [42, 42],
  ])("reads %j", (value, expected) => {
    expect(parseNumber(value)).toBe(expected);
  });

  it.each([
    null,
    undefined,
    "",
    " ",
    "abc",
    "1,000",
    "0x10",
    "12px",
    "NaN",
    "Infinity",
    "1e999999",
    Number.NaN,
    Number.POSITIVE_INFINITY,
    {},
    [],
    [1],
    true,
    10n,
    "1".repeat(65),
  ])("does not know %s", (value) => {
    expect(parseNumber(value)).toBeNull();
    expect(parseDecimalText(value)).toBeNull();
  });

  it("answers a finite number or null, whatever it is given", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.double()), (value) => {
        const number = parseNumber(value);
        expect(number === null || Number.isFinite(number)).toBe(true);
      }),
    );
  });

  it("reads back the double that was written", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-30, max: 1e30 }), (value) => {
        expect(parseNumber(String(value))).toBe(value);
      }),
    );
  });
});

describe("parseDecimalText", () => {
  it("keeps every digit, in plain notation", () => {
    expect(parseDecimalText("1e-7")).toBe("0.0000001");
    expect(parseDecimalText("12345678901234567890.123456789012345678")).toBe("12345678901234567890.123456789012345678");
    expect(parseDecimalText("100.00")).toBe("100");
    expect(parseDecimalText("-0")).toBe("0");
  });
});
