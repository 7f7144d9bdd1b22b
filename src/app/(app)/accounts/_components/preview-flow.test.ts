import { expect, it } from "vitest";
import { previewFlow } from "./preview-flow";

const ACCOUNT = { capital: "10000", free: "4000.5", shortfall: "0", currency: "USDT" };

it("says beforehand what will be free, to the cent", () => {
  expect(previewFlow(ACCOUNT, { kind: "deposit", typed: "0.1" })).toEqual({
    isReady: true,
    text: "Free afterwards: 4,000.60 USDT, now 4,000.50 USDT.",
  });
  expect(previewFlow(ACCOUNT, { kind: "withdrawal", typed: " 4000.5 " }).text).toMatch(/^Free afterwards: 0.00 USDT/);
});

it("does not offer to take out more than is free", () => {
  const preview = previewFlow(ACCOUNT, { kind: "withdrawal", typed: "4000.50000001" });
  expect(preview).toEqual({ isReady: false, text: "Only 4,000.50 USDT are free: enter at most that." });
});

it("says what of a deposit makes up for losses, and is not free", () => {
  const short = { ...ACCOUNT, free: "0", shortfall: "25.83" };
  expect(previewFlow(short, { kind: "deposit", typed: "100" }).text).toBe(
    "Free afterwards: 74.17 USDT, now 0.00 USDT. 25.83 USDT of it makes up for what its bots have lost.",
  );
});

it("offers no cent that would be refused", () => {
  const of = (typed: string) => previewFlow({ ...ACCOUNT, free: "4000.509" }, { kind: "withdrawal", typed });
  expect(of("").text).toBe("4,000.50 USDT are free now.");
  expect([of("4000.51"), of("4000.50").isReady]).toEqual([
    { isReady: false, text: "Only 4,000.50 USDT are free: enter at most that." },
    true,
  ]);
});

it.each(["", "0", "-1", "1e3", "NaN", "1,000", "1.123456789"])("does not offer to move %s", (typed) => {
  for (const kind of ["deposit", "withdrawal"] as const) {
    expect(previewFlow(ACCOUNT, { kind, typed }).isReady).toBe(false);
  }
});

it("moves nothing where what was paid in is not known", () => {
  expect(
    previewFlow({ ...ACCOUNT, capital: null, free: null, shortfall: null }, { kind: "deposit", typed: "1" }).isReady,
  ).toBe(false);
});
