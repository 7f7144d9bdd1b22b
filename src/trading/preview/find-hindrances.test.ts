import { describe, expect, it } from "vitest";
import { BOT_PRESETS } from "../bot-presets";
import { botSettingsSchema } from "../bot-settings";
import { DAY_MS } from "../market/duration";
import { decimal } from "../money";
import { findHindrances, type HindranceMarket } from "./find-hindrances";

const rulesOf = (pair: string, changes: object = {}) => ({
  pair,
  marketType: "swap" as const,
  tick: "0.1",
  lot: "0.00001",
  contractSize: "1",
  quantityMin: "0.00001",
  notionalMin: null,
  leverageMax: null,
  takerFeeRate: "0.0005",
  ...changes,
});
const shown = {
  referencePrice: "30000",
  bid: "29999",
  ask: "30001",
  quoteVolume24h: "500000000",
  fundingRate: "0.0001",
};
const marketOf = (pair: string, changes: Partial<HindranceMarket> = {}): HindranceMarket => ({
  rules: rulesOf(pair),
  shown,
  knownMs: null,
  ...changes,
});
const MARKETS = [marketOf("BTC/USDT"), marketOf("ETH/USDT")];

const find = (settings: object, { capital = 10_000, markets = MARKETS } = {}) =>
  findHindrances(
    {
      settings: botSettingsSchema.parse({ pairs: ["BTC/USDT", "ETH/USDT"], matching: { version: 2 }, ...settings }),
      capital: decimal(capital),
    },
    markets,
  );
const inShort = (found: ReturnType<typeof find>) => found.map(({ severity, key }) => `${severity} ${key}`);

it.each(BOT_PRESETS.map(({ title, settings }) => [title, settings] as const))(
  "%s can trade as it is offered, with 10,000 USDT",
  (_, settings) => {
    expect(find(settings)).toEqual([]);
  },
);

describe("a stop that only the market says", () => {
  const legs = {
    dca: {
      legs: [
        { againstFraction: 0.01, share: 0.2 },
        { againstFraction: 0.02, share: 0.2 },
      ],
    },
  };
  const custom = BOT_PRESETS.find(({ name }) => name === "custom")?.settings ?? {};

  it("refuses nothing that a nearer stop lets pass", () => {
    expect(find({ ...custom, ...legs })).toEqual([]);
    expect(find({ mode: "indicator", decision: { setups: "breakout" }, ...legs })).toEqual([]);
  });

  it("refuses all where no stop passes: every one loses more than the target wins", () => {
    const near = { mode: "indicator", decision: { setups: "breakout", takeProfitFraction: 0.005 } };
    expect(inShort(find(near))).toEqual(["never reward-to-risk"]);
  });
});

describe("what can never trade is said", () => {
  it.each<[what: string, settings: object, capital: number, found: string[]]>([
    ["a capital too small for any order", {}, 100, ["never order-value"]],
    [
      "a stop farther than its limit",
      { decision: { stopLossFraction: 0.3, takeProfitFraction: 0.9 } },
      10_000,
      ["never stop-distance"],
    ],
    ["a stop nearer than its limit", { decision: { stopLossFraction: 0.002 } }, 10_000, ["never stop-distance"]],
    ["a target too near for its stop", { decision: { takeProfitFraction: 0.04 } }, 10_000, ["never reward-to-risk"]],
    ["leverage above both caps", { decision: { leverage: 8, stopLossFraction: 0.02 } }, 10_000, ["never leverage"]],
    [
      "a leg behind the stop",
      { dca: { legs: [{ againstFraction: 0.05, share: 0.3 }] } },
      10_000,
      ["never legs-before-stop"],
    ],
    [
      "a stop behind the liquidation",
      {
        decision: { leverage: 3, stopLossFraction: 0.24, takeProfitFraction: 0.9 },
        risk: { longLeverageMax: 10, shortLeverageMax: 10 },
      },
      10_000,
      [],
    ],
    ["rules without a setup", { mode: "custom" }, 10_000, ["never no-plan"]],
    ["a score that no setup has", { mode: "indicator", decision: { entryScoreMin: 0.95 } }, 10_000, ["never no-plan"]],
  ])("%s", (_, settings, capital, found) => {
    expect(inShort(find(settings, { capital }))).toEqual(found);
  });

  it("in the gate's own words, with what would let it pass", () => {
    const [hindrance] = find({}, { capital: 100 });
    expect(hindrance?.text).toMatch(/^Every entry is refused: .*order is .* USDT/);
    expect(hindrance?.change).toMatch(/would have to/);
  });
});

describe("what keeps a part from trading is said of that part", () => {
  it("shorts with more leverage than their cap", () => {
    const [hindrance] = find({ decision: { leverage: 4 } });
    expect(hindrance).toMatchObject({ severity: "some", key: "leverage" });
    expect(hindrance?.text).toMatch(/^Refused are shorts:/);
  });

  it("entries of the lowest score that are too small", () => {
    const [hindrance] = find({}, { capital: 700 });
    expect(hindrance).toMatchObject({ severity: "some", key: "order-value" });
    expect(hindrance?.text).toContain("of its lowest score");
  });

  it("a market that refuses so small an order, by name", () => {
    const dear = marketOf("BTC/USDT", { rules: rulesOf("BTC/USDT", { quantityMin: "1", lot: "1" }) });
    const [hindrance] = find({}, { markets: [dear, MARKETS[1] as HindranceMarket] });
    expect(hindrance?.severity).toBe("some");
    expect(hindrance?.text).toContain("in BTC/USDT");
  });

  it("shorts on spot", () => {
    const markets = MARKETS.map(({ rules, ...rest }) => ({
      ...rest,
      rules: { ...rules, marketType: "spot" as const },
    }));
    const [hindrance] = find({ marketType: "spot" }, { markets });
    expect(hindrance).toMatchObject({ severity: "some", key: "spot-is-long-only" });
  });

  it("a spread that is too wide now", () => {
    const wide = marketOf("BTC/USDT", { shown: { ...shown, bid: "29000", ask: "31000" } });
    expect(inShort(find({}, { markets: [wide, MARKETS[1] as HindranceMarket] }))).toEqual(["some spread"]);
  });
});

describe("candles that are known for too short", () => {
  const young = marketOf("BTC/USDT", { knownMs: 2 * DAY_MS });

  it("are named with their pair", () => {
    const [hindrance] = find({}, { markets: [young, MARKETS[1] as HindranceMarket] });
    expect(hindrance).toMatchObject({ severity: "some", key: "history" });
    expect(hindrance?.text).toMatch(/^BTC\/USDT: a decision reads up to \d+ candles of 1h/);
  });

  it("are no matter where it is not known since when they are", () => {
    expect(find({})).toEqual([]);
  });
});

it("an unknown volatility is no refusal: sizes that depend on it are not known yet", () => {
  expect(find({ sizing: { method: "volatility-target" } })).toEqual([]);
});
