import { expect, it } from "vitest";
import { riskLimitsSchema } from "~/trading/risk/risk-limits";
import { demoBots } from "./demo-bots";

const BOTS = demoBots(["BTC/USDT", "ETH/USDT"]);
const SPEED = 720;
const INTERVAL_WALL_SECONDS_MIN = 2;

const fastBot = () => {
  const bot = BOTS.find(({ name }) => name === "Trinity 5m");
  if (!bot) throw new Error("the demo has no fast bot");
  return bot;
};

it("gives every bot two seconds of a wall clock between its cycles at the demo's speed", () => {
  for (const { settings } of BOTS) {
    expect(settings.intervalSeconds).toBeGreaterThanOrEqual(INTERVAL_WALL_SECONDS_MIN * SPEED);
  }
});

it("lets the fast bot act often, and long, by its pace and drawdown alone: other limits are defaults or narrower", () => {
  const { risk } = fastBot().settings;
  const { positionMarginMax, cooldownMinutes, lossPauseHours, tradesPerDayMax, drawdownMax, ...others } = risk;
  const standard = riskLimitsSchema.parse({});
  expect(standard).toMatchObject(others);
  expect(positionMarginMax).toBeLessThan(standard.positionMarginMax);
  expect(cooldownMinutes).toBeGreaterThan(0);
  expect(lossPauseHours).toBeGreaterThan(0);
  expect(tradesPerDayMax).toBeLessThanOrEqual(50);
  expect(drawdownMax).toBeLessThanOrEqual(0.5);
});

it("matches the demo's bots by version 1: their history stays what it was", () => {
  expect(BOTS.map(({ settings }) => settings.matching.version)).toEqual([1, 1, 1, 1]);
});

it("asks the scripted model alone, by a name that says so, with a budget for a wall day of it", () => {
  const asking = BOTS.filter(({ settings }) => settings.mode === "llm");
  expect(asking.map(({ name }) => name)).toEqual(["Scripted model 1h"]);
  const [bot] = asking;
  expect(bot?.settings.decision).toMatchObject({
    model: "scripted/scripted-trader-1",
    budgetPerDay: "5",
    acceleratedConsent: false,
    strategy: expect.stringMatching(/script answers here in place of a model/),
  });
  expect(bot?.historyMs).toBeLessThanOrEqual(24 * 3_600_000);
});
