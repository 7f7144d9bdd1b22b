import { describe, expect, it } from "vitest";
import { botSettingsSchema } from "../bot-settings";
import { describeSettings } from "../describe-settings";
import { matchingSchema } from "./matching";

const SETTINGS = { pairs: ["BTC/USDT"] };
const linesOf = (matching: unknown): string[] => {
  const settings = botSettingsSchema.parse({ ...SETTINGS, matching });
  const section = describeSettings(settings).find(({ title }) => title === "Matching");
  return (section?.lines ?? []).map(({ label, text }) => `${label}: ${text}`);
};

describe("how a bot's orders are matched", () => {
  it("is version 1 where its settings were stored without a choice", () => {
    expect(botSettingsSchema.parse(SETTINGS).matching).toEqual({ version: 1 });
  });

  it.each([
    ["a third version", { version: 3 }],
    ["an assumption of version 2 in version 1", { version: 1, impactRate: 0.1 }],
    ["a share of nothing", { version: 2, volumeShareMax: 0 }],
    ["a calm candle without a range", { version: 2, calmRange: 0 }],
    ["a spread of the whole price", { version: 2, halfSpreadRate: 1 }],
    ["a trigger that there is not", { version: 2, triggerBy: "index" }],
  ])("refuses %s", (_, matching) => {
    expect(matchingSchema.safeParse(matching).success).toBe(false);
  });

  it("is told in words, with every assumption", () => {
    expect(linesOf({ version: 1 })).toEqual(["Fills: Matching version 1: spread, impact and taker fee; no funding"]);
    expect(linesOf({ version: 2, triggerBy: "mark", fundingRatePer8h: -0.0002 })).toEqual([
      "Fills: Matching version 2: half a spread of 0.01 % at least, and an impact of 0.05 % for an order as large as its candle",
      "Liquidity: An entry takes at most 10 % of a candle's volume, less where that ranges beyond 0.2 %",
      "Triggers: Only opens and closes trigger stops and targets, as a smoothed mark price does",
      "Funding: Swaps pay funding every 8 hours at the venue's recorded rate, and where there is none at 0.02 %, to longs",
      "Liquidation: Isolated margin with tiers: larger positions keep more, and the fee is kept too",
    ]);
  });
});
