import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAmount, formatExact, formatPercent, formatRatio, signOf } from "./format-amount";
import { formatAge, formatDuration, formatInstant, formatInstantNear, formatInterval, formatUtc } from "./format-time";

describe("amounts", () => {
  it.each([
    ["1234567.891", {}, "1,234,567.89"],
    ["-1234.5", {}, "−1,234.50"],
    ["12.345", { isSigned: true }, "+12.35"],
    ["-0.001", { isSigned: true }, "0.00"],
    ["0", { isSigned: true }, "0.00"],
    ["999.999", { digits: 0 }, "1,000"],
    ["10", { digits: 0 }, "10"],
    [null, {}, "—"],
  ] as const)("%s %j is %s", (value, format, text) => expect(formatAmount(value, format)).toBe(text));

  it("shows prices and quantities with the digits they have", () => {
    expect(formatExact("31617.3")).toBe("31,617.3");
    expect(formatExact("0.0379")).toBe("0.0379");
    expect(formatExact("100")).toBe("100");
    expect(formatExact("0.123456789123")).toBe("0.12345679");
    expect(formatExact(null)).toBe("—");
  });

  it("never loses a digit that it shows: what is read back is what was meant, within half a unit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (units) => {
        const digits = units < 0n ? `${-units}` : `${units}`;
        const padded = digits.padStart(3, "0");
        const plain = `${units < 0n ? "-" : ""}${padded.slice(0, -2)}.${padded.slice(-2)}`;
        expect(formatAmount(plain).replaceAll(",", "").replace("−", "-")).toBe(plain === "-0.00" ? "0.00" : plain);
      }),
    );
  });

  it("says percent and ratios, and a dash for what is not known or not finite", () => {
    expect(formatPercent(0.0123)).toBe("1.23\u00a0%");
    expect(formatPercent(-0.5, { digits: 0, isSigned: true })).toBe("−50\u00a0%");
    expect(formatPercent(null)).toBe("—");
    expect(formatRatio(Number.POSITIVE_INFINITY)).toBe("—");
    expect(formatRatio(1.005)).toBe("1.01");
  });

  it("what is shown as zero has neither arrow nor colour", () => {
    expect(["-0.0049", "0.0049", "0", "-0"].map((value) => signOf(value))).toEqual([0, 0, 0, 0]);
    expect([signOf("-0.005"), signOf("0.005"), signOf("3"), signOf(null)]).toEqual([-1, 1, 1, 0]);
    expect([signOf(0.00004, 4), signOf(0.00005, 4), signOf(Number.NaN)]).toEqual([0, 1, 0]);
  });

  it("the arrow stands exactly where the text has a sign", () => {
    fc.assert(
      fc.property(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: 0, max: 4 }), (units, digits) => {
        const value = String(units / 100_000);
        const text = formatAmount(value, { digits, isSigned: true });
        expect(signOf(value, digits)).toBe(text.startsWith("+") ? 1 : text.startsWith("−") ? -1 : 0);
        const percent = formatPercent(units / 100_000, { digits, isSigned: true });
        expect(signOf(units / 100_000, digits + 2)).toBe(
          percent.startsWith("+") ? 1 : percent.startsWith("−") ? -1 : 0,
        );
      }),
    );
  });
});

describe("times", () => {
  it("are UTC", () => expect(formatUtc(new Date("2022-05-09T12:30:59Z"))).toBe("2022-05-09 12:30"));
  it.each([
    [0, "0 ms"],
    [340, "340 ms"],
    [2500, "2.5 s"],
    [61_000, "1 min 01 s"],
    [7_260_000, "2 h 01 min"],
    [183_600_000, "2 d 3 h"],
  ])("%d ms is %s", (ms, text) => expect(formatDuration(ms)).toBe(text));
  it("have an age in one unit", () => {
    expect([12_900, 240_000, 10_800_000, 200_000_000].map(formatAge)).toEqual(["12 s", "4 min", "3 h", "2 d"]);
  });
  it("name intervals as settings do", () =>
    expect([300, 3600, 90].map(formatInterval)).toEqual(["5 min", "1 h", "90 s"]));
});

it("an instant is told with its zone, and with its date where that is another than today's", () => {
  const at = new Date("2024-01-01T23:59:58.500Z");
  expect(formatInstant(at)).toBe("2024-01-01 23:59:58 UTC");
  expect(formatInstantNear(at, new Date("2024-01-01T23:59:59.000Z"))).toBe("23:59:58 UTC");
  expect(formatInstantNear(at, new Date("2024-01-02T00:00:01.000Z"))).toBe("2024-01-01 23:59:58 UTC");
});
