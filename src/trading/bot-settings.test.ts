import { describe, expect, it } from "vitest";
import { botSettingsSchema } from "./bot-settings";
import { riskLimitsSchema } from "./risk/risk-limits";

const refusalOf = (settings: Record<string, unknown>) => {
  const { error } = botSettingsSchema.safeParse({ pairs: ["BTC/USDT"], ...settings });
  return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
};

/** Rules that a bot has only where its trader switches them on. */
const OFF = {
  pairLockHours: 0,
  pairLockProfitMin: 0,
  pairLockDays: 7,
  pairLockTradesMin: 3,
  tradesDrawdownMax: 0,
  tradesDrawdownDays: 30,
  tradesDrawdownTradesMin: 5,
  tradesDrawdownPauseHours: 24,
  volatilityMin: 0,
  volatilityMax: 0,
  regimeFilter: 0,
  tradingDayFirst: 1,
  tradingDayLast: 7,
  tradingHourFrom: 0,
  tradingHourTo: 24,
  newsBlackoutMinutes: 0,
  pyramidingMarginMax: 0,
  pyramidingTogetherMax: 0.15,
};

describe("botSettingsSchema", () => {
  it("needs pairs only, and its risk limits are those of the table", () => {
    const settings = botSettingsSchema.parse({ pairs: ["BTC/USDT", "ETH/USDT"] });
    expect(settings).toMatchObject({ mode: "trinity", marketType: "swap", intervalSeconds: 300 });
    expect(settings.sizing).toEqual({ method: "mode" });
    expect(settings.risk).toEqual({
      positionMarginMax: 0.25,
      totalMarginMax: 0.85,
      grossNotionalMax: 2,
      openPositionsMax: 5,
      entriesPerCycleMax: 2,
      tradesPerDayMax: 10,
      longLeverageMax: 5,
      shortLeverageMax: 3,
      stopDistanceMin: 0.005,
      stopDistanceMax: 0.25,
      rewardToRiskMin: 1.5,
      netProfitMin: 0.0005,
      orderValueMin: 50,
      drawdownMax: 0.15,
      dailyLossMax: 0.03,
      dailyLossOfCapitalMax: 0.01,
      cooldownMinutes: 60,
      consecutiveLossesMax: 4,
      lossPauseHours: 24,
      correlationMax: 0.8,
      adverseFundingMax: 0.0005,
      spreadMax: 0.002,
      quoteVolumeMin: 1_000_000,
      ...OFF,
    });
  });

  it("of which some limits are given keep all others: a change of one drops none", () => {
    const all = riskLimitsSchema.parse({});
    for (const [name, value] of Object.entries(all)) {
      expect(riskLimitsSchema.parse({ [name]: value })).toEqual(all);
      const { [name as keyof typeof all]: _given, ...others } = all;
      expect(riskLimitsSchema.parse(others)).toEqual(all);
    }
  });

  it("keeps the order of the pairs: it is their priority", () => {
    expect(botSettingsSchema.parse({ pairs: ["ETH/USDT", "BTC/USDT"] }).pairs).toEqual(["ETH/USDT", "BTC/USDT"]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["no pair", { pairs: [] }, "pairs:"],
    ["a pair twice", { pairs: ["BTC/USDT", "BTC/USDT"] }, "pairs: each pair may stand once"],
    ["a pair that is none", { pairs: ["btcusdt"] }, "pairs.0: a trading pair looks like"],
    ["more than 20 pairs", { pairs: Array.from({ length: 21 }, (_, index) => `C${index}/USDT`) }, "pairs:"],
    ["an interval under 60 s", { intervalSeconds: 59 }, "intervalSeconds:"],
    ["an interval over a day", { intervalSeconds: 86_401 }, "intervalSeconds:"],
    ["half a second", { intervalSeconds: 60.5 }, "intervalSeconds:"],
    ["an unknown mode", { mode: "martingale" }, "mode:"],
    ["a setting that does not exist", { stopLos: 1 }, ": Unrecognized key"],
    ["a limit that does not exist", { risk: { leverage: 2 } }, "risk: Unrecognized key"],
    ["a limit that is text", { risk: { drawdownMax: "0.1" } }, "risk.drawdownMax:"],
    ["a way of sizing that does not exist", { sizing: { method: "martingale" } }, "sizing.method:"],
    ["a share that is no fraction", { sizing: { method: "fixed-share", share: 10 } }, "sizing.share:"],
    ["a setting of another way of sizing", { sizing: { method: "mode", share: 0.1 } }, "sizing: Unrecognized key"],
    [
      "two tiers from one score",
      { sizing: { method: "tiers", tiers: [0.1, 0.2].map((share) => ({ scoreMin: 0.5, share })) } },
      "sizing.tiers: each tier needs a lowest score of its own",
    ],
    ["a limit that is no number", { risk: { drawdownMax: Number.NaN } }, "risk.drawdownMax:"],
  ])("refuses %s, and says where", (_case, settings, message) => {
    expect(refusalOf(settings).join()).toContain(message);
  });
});

describe("riskLimitsSchema", () => {
  it.each([
    ["positionMarginMax", 0.01, 1],
    ["totalMarginMax", 0.05, 1],
    ["grossNotionalMax", 0.1, 10],
    ["openPositionsMax", 1, 50],
    ["entriesPerCycleMax", 1, 10],
    ["tradesPerDayMax", 1, 200],
    ["longLeverageMax", 1, 10],
    ["shortLeverageMax", 1, 10],
    ["rewardToRiskMin", 0.5, 10],
    ["drawdownMax", 0.02, 0.5],
    ["correlationMax", 0, 1],
    ["pairLockHours", 0, 720],
    ["pairLockDays", 1, 60],
    ["tradesDrawdownMax", 0, 0.5],
    ["tradesDrawdownDays", 1, 60],
    ["volatilityMax", 0, 1],
    ["tradingDayFirst", 1, 7],
    ["tradingDayLast", 1, 7],
    ["tradingHourFrom", 0, 23],
    ["tradingHourTo", 0, 24],
    ["newsBlackoutMinutes", 0, 1440],
  ])("%s ranges from %d to %d, both allowed", (name, low, high) => {
    const accepts = (value: number) => riskLimitsSchema.safeParse({ [name]: value }).success;
    expect([low - 0.001, low, high, high + 0.001].map(accepts)).toEqual([false, true, true, false]);
  });

  it("counts in whole numbers", () => {
    expect(riskLimitsSchema.safeParse({ openPositionsMax: 1.5 }).success).toBe(false);
  });
});
