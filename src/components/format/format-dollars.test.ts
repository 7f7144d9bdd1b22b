import { expect, it } from "vitest";
import { formatDollars } from "./format-dollars";

it("dollars keep four digits that say something, and an unknown sum is never 0", () => {
  expect(formatDollars("0.00012345")).toBe("$0.0001235");
  expect(formatDollars("0.034")).toBe("$0.03400");
  expect(formatDollars("1234.5")).toBe("$1,234.50");
  expect(formatDollars("0")).toBe("$0.00");
  expect(formatDollars("0.0000000000001")).toBe("$0.0000000000");
  expect(formatDollars(null)).toBe("—");
});
