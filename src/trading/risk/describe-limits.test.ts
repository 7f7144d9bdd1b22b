import { describe, expect, it } from "vitest";
import { botSettingsSchema } from "../bot-settings";
import { describeSettings } from "../describe-settings";
import { describeRefusal, refusalTitle } from "./describe-refusal";
import { describeRiskLimits } from "./describe-risk-limits";
import { riskLimitsSchema } from "./risk-limits";
import { RISK_RULES } from "./risk-rules";
import { ALL_ON } from "./testing/risk-context-builder";

const textsOf = (settings: object): string[] =>
  describeSettings(botSettingsSchema.parse({ pairs: ["BTC/USDT", "ETH/USDT"], ...settings })).flatMap(({ lines }) =>
    lines.map(({ text }) => text),
  );

describe("settings in words", () => {
  it("have one line for each risk limit, each under one title", () => {
    const lines = describeRiskLimits(ALL_ON).flatMap((section) => section.lines);
    expect(lines).toHaveLength(Object.keys(riskLimitsSchema.shape).length);
    expect(new Set(lines.map(({ label }) => label)).size).toBe(lines.length);
  });

  it("say percent where a fraction is stored", () => {
    expect(textsOf({})).toEqual(
      expect.arrayContaining([
        "Trades BTC/USDT, ETH/USDT; the first has priority",
        "Runs a cycle every 5 minutes",
        "Decides on closed 1h candles, confirmed by 4h",
        "Enters from a score of 0.65 of 1",
        "Stops a position out 3.5 % against its entry",
        "Binds at most 25 % of equity as margin in one position",
        "Stops for the day after losing 1 % of its capital",
        "Pays at most 0.05 % of funding per 8 h to enter",
        "Enters only markets that traded 1,000,000 USDT or more in 24 h",
      ]),
    );
  });

  it("change with each limit: none is a fixed sentence", () => {
    const standard = ALL_ON;
    const before = JSON.stringify(describeRiskLimits(standard));
    const unchanged = Object.entries(standard).filter(
      ([limit, value]) =>
        ![value - 1, value + 1].some(
          (other) => JSON.stringify(describeRiskLimits({ ...standard, [limit]: other })) !== before,
        ),
    );
    expect(unchanged).toEqual([]);
  });

  it("have one line for each rule that is off, which says so", () => {
    const off = textsOf({}).filter((text) => text.startsWith("Off"));
    // Adding to a position is one limit of a rule that is always on.
    expect(off).toHaveLength(RISK_RULES.filter((rule) => "off" in rule).length + 1);
    const texts = textsOf({ risk: { pairLockHours: 12, pairLockProfitMin: 0.01 } });
    expect(texts.filter((text) => text.startsWith("Off"))).toHaveLength(off.length - 1);
    expect(texts).toContain("Leaves a pair that brought too little alone for 12 hours");
  });

  it.each<[sizing: object, text: string | RegExp]>([
    [{ method: "mode" }, "Takes the size that its mode asks for, times 0.5 to 1.2 by the score"],
    [{ method: "fixed-share", share: 0.05 }, "Binds 5 % of equity as margin in each position"],
    [{ method: "tiers" }, /: 10 % from 0.95, 8 % from 0.8, 6 % from 0.65, 4 % from 0.5$/],
    [{ method: "score-scaled" }, "Binds 8 % of equity as margin, times 0.5 to 1.2 by the score"],
    [{ method: "risk-per-trade" }, "Risks 1 % of equity before fees if the stop fills"],
    [{ method: "risk-per-trade", rangesMin: 2 }, /fills; a stop nearer than 2 average ranges counts as that far$/],
    [{ method: "volatility-target" }, "Sizes each position so that it alone moves equity by 10 % a year"],
    [{ method: "kelly" }, /^Takes 25 % of the Kelly share .*; 10 % before it has 20$/],
  ])("say how sizes are found by %j", (sizing, text) => {
    expect(textsOf({ sizing })).toContainEqual(expect.stringMatching(text));
    // The control has its equal shares, whatever stands there.
    expect(textsOf({ sizing, mode: "buy-and-hold" }).join()).toContain("Takes the size that its mode asks for");
  });

  it("are those of the bot's own mode", () => {
    const hold = textsOf({ mode: "buy-and-hold", marketType: "spot", intervalSeconds: 3600 });
    expect(hold).toEqual(expect.arrayContaining(["Spot, long only", "Runs a cycle every hour"]));
    expect(hold.join()).toContain("Invests 100 % of equity");
    expect(hold.join()).toContain("everything can be lost");
    expect(hold.join()).not.toMatch(/losing|below its peak|losses in a row|its stop at|target pays/);
    expect(hold.join()).not.toContain("confirmed by");
    const noExits = { exitOnSupertrend: false, exitOnSma200: false, exitOnRsi: false, leverage: 3 };
    expect(textsOf({ decision: noExits, intervalSeconds: 90 })).toEqual(
      expect.arrayContaining([
        "Closes by stop and target only",
        "Asks for 3x leverage",
        "Runs a cycle every 90 seconds",
      ]),
    );
  });
});

it("every rule of the gate has words for its refusal, and one of an older version says so", () => {
  for (const { name } of RISK_RULES) expect(describeRefusal(name), name).not.toContain("older version");
  for (const { name } of RISK_RULES) expect(refusalTitle(name), name).not.toMatch(/-/);
  expect(describeRefusal("retired-rule")).toBe('the rule "retired rule" of an older version');
});
