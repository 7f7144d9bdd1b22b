import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "~/trading/invariant";
import { decimal } from "~/trading/money";
import { fromColumn, fromColumnOrNull, toColumn, toColumnOrNull } from "./amounts";

describe("an amount on its way to a column", () => {
  it("is written in plain notation and read back the same", () => {
    const amount = fc.tuple(
      fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
      fc.integer({ min: 0, max: 18 }),
    );
    fc.assert(
      fc.property(amount, ([digits, places]) => {
        const value = decimal(`${digits}e-${places}`);
        fc.pre(value.abs().lt("1e20"));
        expect(toColumn(value)).toMatch(/^-?\d{1,20}(\.\d{1,18})?$/);
        expect(fromColumn(toColumn(value)).eq(value)).toBe(true);
      }),
    );
  });

  it.each(["1e-19", "0.1234567890123456789", "1e20", "-1e20", "99999999999999999999.0000000000000000001"])(
    "is refused when it would be cut: %s",
    (value) => {
      expect(() => toColumn(decimal(value))).toThrow(InvariantError);
    },
  );

  it.each(["NaN", "Infinity", "-Infinity"])("is refused when it is no number: %s", (value) => {
    expect(() => toColumn(decimal(value))).toThrow("must be finite");
  });

  it("stays unknown when it is unknown", () => {
    expect(toColumnOrNull(null)).toBeNull();
    expect(fromColumnOrNull(null)).toBeNull();
    expect(fromColumnOrNull("0")?.isZero()).toBe(true);
    expect(toColumnOrNull(decimal(0))).toBe("0");
  });
});
