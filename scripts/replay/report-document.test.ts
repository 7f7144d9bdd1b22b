import { expect, it } from "vitest";
import { NEWEST_MATCHING, type Matching } from "../../src/trading/execution/matching";
import { HOUR_MS } from "../../src/trading/market/duration";
import { describeFunding } from "./print-report";
import { fundingRange, reportTrade } from "./report-document";

const trade = {
  pair: "BTC/USDT",
  side: "long",
  quantity: 2,
  entryPrice: 100,
  enteredAt: 7 * HOUR_MS,
  exitPrice: 101,
  exitedAt: 16 * HOUR_MS,
  grossPnl: 2,
  fees: "0.2",
  funding: "-0.06",
  slippage: 0,
  realizedPnl: "1.74",
  exitReason: "take-profit",
};

it.each<[string, "swap" | "spot", Matching, string, string]>([
  [
    "lacks it by matching version 1",
    "swap",
    { version: 1 },
    "unknown",
    "unknown: the recording has none; 2 payments of 0.01 % either way would be -0.04 to 0.04 USDT",
  ],
  [
    "has the stated rate by version 2",
    "swap",
    { ...NEWEST_MATCHING, fundingRatePer8h: 0.0003 },
    "-0.06",
    "stated, as the recording has none: -0.06 USDT at 0.03 %; 2 payments of 0.01 % either way would be -0.04 to 0.04 USDT",
  ],
  ["has none on spot", "spot", NEWEST_MATCHING, "none", "none: spot pays none"],
])("a result %s, and says so with what 0.01 % would be", (_, marketType, matching, funding, text) => {
  const settings = { marketType, matching };
  expect(reportTrade(trade, settings).funding).toBe(funding);
  expect(describeFunding(fundingRange([trade], settings))).toBe(text);
});
