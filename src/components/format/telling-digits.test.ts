import { describe, expect, it } from "vitest";
import { formatAmount } from "./format-amount";
import { tellingDigits } from "./telling-digits";

const tell = (value: string): string => formatAmount(value, { digits: tellingDigits(value, 2) });

describe("the digits of an amount", () => {
  it("are as many as asked for where these say something, or there is nothing", () => {
    expect(["0", "-27.1301", "0.005", "1234.5"].map(tell)).toEqual(["0.00", "−27.13", "0.01", "1,234.50"]);
  });

  it("are more where what is not nothing would be told as nothing", () => {
    expect(["-0.002608", "0.0049", "0.0000001", "-0.000000000000000001"].map(tell)).toEqual([
      "−0.0026",
      "0.0049",
      "0.00000010",
      "−0.0000000000000000010",
    ]);
  });
});
