import { expect, it } from "vitest";
import { botSettingsSchema } from "../bot-settings";
import { setup } from "../decision/modes/custom/testing/small-rules";
import { decimal } from "../money";
import { readNewSettings } from "./read-settings";
import { settingsInMoney } from "./settings-in-money";

const issuesOf = (raw: unknown) => {
  const reading = readNewSettings(raw);
  return reading.isValid ? [] : reading.issues;
};
const PAIRS = { pairs: ["BTC/USDT"] };

it.each<[what: string, raw: unknown, path: string]>([
  ["a number that is none", { ...PAIRS, decision: { stopLossFraction: "x" } }, "decision.stopLossFraction"],
  ["a limit that is too high", { ...PAIRS, risk: { positionMarginMax: 2 } }, "risk.positionMarginMax"],
  ["a pair that is none", { pairs: ["BTC-USDT"] }, "pairs.0"],
  ["no pair", { pairs: [] }, "pairs"],
  ["no object", null, ""],
  ["a list", [], ""],
  [
    "a leg that is nearer than the one before",
    {
      ...PAIRS,
      dca: {
        legs: [
          { againstFraction: 0.02, share: 0.1 },
          { againstFraction: 0.01, share: 0.1 },
        ],
      },
    },
    "dca.legs",
  ],
])("%s is named by its path", (_, raw, path) => {
  expect(issuesOf(raw).map((issue) => issue.path)).toContain(path);
});

it("a number beyond a bound comes with the bound, so that it can be said in the reader's unit", () => {
  const issues = issuesOf({ ...PAIRS, risk: { positionMarginMax: 2, drawdownMax: 0.001 } });
  const byPath = Object.fromEntries(issues.map(({ path, least, most }) => [path, { least, most }]));
  expect(byPath).toEqual({
    "risk.drawdownMax": { least: 0.02, most: undefined },
    "risk.positionMarginMax": { least: undefined, most: 1 },
  });
});

it("valid settings come whole, in words, and their shares in money of the capital", () => {
  const reading = readNewSettings({ ...PAIRS, sizing: { method: "risk-per-trade" } });
  if (!reading.isValid) throw new Error("they are valid");
  expect(reading.settings).toMatchObject({ mode: "trinity", matching: { version: 2 }, intervalSeconds: 300 });
  expect(reading.sections.map(({ title }) => title)).toContain("Losses");
  const inMoney = settingsInMoney({ settings: reading.settings, capital: decimal(2000) });
  expect(inMoney).not.toHaveProperty(["risk.pyramidingMarginMax"]);
  expect(inMoney).toMatchObject({
    "risk.positionMarginMax": "500",
    "risk.dailyLossOfCapitalMax": "20",
    "risk.grossNotionalMax": "4000",
    "sizing.riskShare": "20",
  });
});

it("a bound that may not be reached itself is told apart from one that may", () => {
  const issues = issuesOf({ ...PAIRS, decision: { stopLossFraction: 0 }, risk: { drawdownMax: 0.001 } });
  const byPath = Object.fromEntries(issues.map(({ path, isExclusive }) => [path, isExclusive]));
  expect(byPath).toEqual({ "decision.stopLossFraction": true, "risk.drawdownMax": undefined });
});

it("rules that take too long to read are refused when they are written, and are still read where they are stored", () => {
  const close = { left: "close", is: "<", right: 1e6 };
  const nested = (levels: number): unknown => (levels === 0 ? close : { forCandles: 100, holds: nested(levels - 1) });
  const rules = { all: Array.from({ length: 4 }, () => nested(4)) };
  const raw = { ...PAIRS, mode: "custom", decision: { long: { setups: [setup("one", rules)] } } };
  expect(issuesOf(raw)).toEqual([
    { path: "decision", message: expect.stringMatching(/^rules take at most \d+ looks a candle/) },
  ]);
  expect(botSettingsSchema.safeParse(raw).success).toBe(true);
});
