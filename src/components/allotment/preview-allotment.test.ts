import { expect, it } from "vitest";
import type { AllotmentView } from "~/contracts/allotment";
import { describeKept, previewAllotment } from "./preview-allotment";

const VIEW: AllotmentView = {
  botId: "0",
  botName: "first",
  accountName: "Mine",
  currency: "USDT",
  allotment: "1000",
  equity: "1500",
  free: "400.5",
  shortfall: "0",
  returnable: { most: "844.855", cash: "1400", reserved: "45.05", exitFees: "0.095", openLoss: "10", kept: "500" },
  refused: { give: null, take: null },
};
const preview = (change: "give" | "take", typed: string, changed: Partial<AllotmentView> = {}) =>
  previewAllotment({ ...VIEW, ...changed }, { change, typed });

it("says beforehand what the bot and its account will have", () => {
  expect(preview("give", " 400.5 ")).toEqual({
    isReady: true,
    text: "Allotted afterwards: 1,400.50 USDT. Free in the account: 0.00 USDT.",
  });
  expect(preview("take", "844.855").text).toBe("Allotted afterwards: 155.15 USDT. Free in the account: 1,245.36 USDT.");
});

it("says what of money that comes back makes up for losses, and is not free", () => {
  const short = { free: "0", shortfall: "25.83" };
  expect(preview("take", "100", short).text).toBe(
    "Allotted afterwards: 900.00 USDT. Free in the account: 74.17 USDT. 25.83 USDT of it makes up for what its bots have lost.",
  );
  expect(preview("take", "20", short).text).toContain("Free in the account: 0.00 USDT. 20.00 USDT of it");
});

it("does not offer more than is free, nor more than the bot can give back", () => {
  expect(preview("give", "400.50000001")).toEqual({
    isReady: false,
    text: "Only 400.5 USDT can be given: enter at most that.",
  });
  expect(preview("take", "844.85500001").isReady).toBe(false);
});

it.each(["", "0", "-1", "1e3", "NaN", "1,000", "1.123456789"])("does not offer to move %s", (typed) => {
  for (const change of ["give", "take"] as const) expect(preview(change, typed).isReady).toBe(false);
});

it("says why nothing can be moved", () => {
  const refused = { give: null, take: "an entry of the bot is on its way: try again when it is filled" };
  expect(preview("take", "1", { refused })).toEqual({
    isReady: false,
    text: "An entry of the bot is on its way: try again when it is filled.",
  });
  expect(preview("give", "1", { refused }).isReady).toBe(true);
  expect(preview("give", "1", { free: null }).isReady).toBe(false);
});

it("says what keeps the rest of the cash there", () => {
  expect(describeKept(VIEW)).toBe(
    "Its cash is 1,400.00 USDT. Of that, 45.05 is reserved for entries still to come; 0.10 is what closing its positions would cost; 10.00 is what they have lost so far; 500.00 stays until it is archived: its gains, or the 1 that a bot keeps.",
  );
  const nothing = { most: "1400", cash: "1400", reserved: "0", exitFees: "0", openLoss: "0", kept: "0" };
  expect(describeKept({ ...VIEW, returnable: nothing })).toBeNull();
});
