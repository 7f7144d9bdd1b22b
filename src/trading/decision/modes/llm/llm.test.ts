import { describe, expect, it } from "vitest";
import { createSyntheticCandles } from "../../../market/synthetic-candles";
import { HOUR_MS } from "../../../market/duration";
import { decimal } from "../../../money";
import { planExit } from "../../../portfolio/exit-plan";
import { exitTermsSchema } from "../../../portfolio/exit-terms";
import { isWarm } from "../../asking/llm-readings";
import { llmSettingsSchema, modelNameOf, type LlmSettings } from "../../asking/llm-settings";
import { marketFacts } from "../../asking/market-facts";
import { NOTHING_OUTSIDE, outsideFacts } from "../../asking/outside-facts";
import { portfolioFacts } from "../../asking/portfolio-facts";
import { regimeFacts } from "../../asking/regime-facts";
import { toldFacts, toldReadings, TOLD_PAIR } from "../../asking/testing/told-market";
import { llm } from ".";

const SETTINGS = llmSettingsSchema.parse({});
const candles = createSyntheticCandles({ seed: 1, count: 300, volatility: 0.004, timeframe: "1h", meanVolume: 1000 });
const END = (candles.at(-1)?.openTime ?? 0) + HOUR_MS;

describe("the settings of the mode", () => {
  it.each<[what: string, settings: object, path: string]>([
    ["a model without a provider", { model: "claude-haiku-4-5" }, "model"],
    ["a model without a name", { model: "anthropic/" }, "model"],
    ["a provider in capitals", { model: "Anthropic/claude" }, "model"],
    ["a name with a space", { model: "openrouter/a b" }, "model"],
    ["a budget of nothing", { budgetPerDay: "0.00" }, "budgetPerDay"],
    ["a budget as a number", { budgetPerDay: 1 }, "budgetPerDay"],
    ["a budget below nothing", { budgetPerDay: "-1" }, "budgetPerDay"],
    ["a budget beyond all measure", { budgetPerDay: "1000.000001" }, "budgetPerDay"],
    ["a budget in another notation", { budgetPerDay: "1e2" }, "budgetPerDay"],
    ["no candles between questions", { everyCandles: 0 }, "everyCandles"],
    ["half a candle between them", { everyCandles: 1.5 }, "everyCandles"],
  ])("refuse %s", (_what, settings, path) => {
    expect(llm.settings.safeParse(settings).error?.issues[0]?.path).toEqual([path]);
  });

  it("name a model by its provider and its name there, which may have strokes of its own", () => {
    expect(modelNameOf(SETTINGS)).toEqual({ provider: "scripted", id: "scripted-trader-1" });
    const { model } = llmSettingsSchema.parse({ model: "openrouter/meta/llama-9:free", budgetPerDay: "1000" });
    expect(modelNameOf({ model })).toEqual({ provider: "openrouter", id: "meta/llama-9:free" });
  });

  it("cannot be written anew with a provider that nobody knows", () => {
    const faults = (model: string) => llm.newFaults?.({ ...SETTINGS, model });
    expect(faults("nobody/model")).toEqual([{ path: ["model"], message: 'there is no provider "nobody"' }]);
    expect(faults("constructor/model")).toHaveLength(1);
    expect([faults(SETTINGS.model), faults("ollama/any:7b")]).toEqual([[], []]);
  });

  it("are told in words, each change of one by another line", () => {
    const changes: Partial<LlmSettings>[] = [
      { model: "anthropic/claude-haiku-5-5" },
      { budgetPerDay: "2.5" },
      { timeframe: "15m" },
      { everyCandles: 4 },
      { contextTimeframe: "1d" },
      { contextTimeframe: "1h" },
      { strategy: "Hold." },
      { strategy: " " },
      { sides: "long" },
      { confidenceMin: 0.8 },
      { rewardRiskMin: 2 },
      { citationsMin: 3 },
      { sizeFraction: 0.2 },
      { leverage: 3 },
    ];
    const told = [{}, ...changes].map((change) => JSON.stringify(llm.describe({ ...SETTINGS, ...change })));
    expect(new Set(told).size).toBe(changes.length + 1);
  });
});

describe("what the mode reads", () => {
  const read = (settings: LlmSettings, time = END) =>
    llm.analyse({ time, settings: llm.reads(settings), series: llm.series(llm.reads(settings)).map(() => candles) });

  it("is each timeframe once, the decision candle's first", () => {
    const series = (settings: Partial<LlmSettings>) =>
      llm.series(llm.reads({ ...SETTINGS, ...settings })).map(({ timeframe }) => timeframe);
    expect(series({})).toEqual(["1h", "4h"]);
    expect(series({ contextTimeframe: "1h" })).toEqual(["1h"]);
  });

  it("is shared by all bots that read the same candles, whatever their strategy, model and limits", () => {
    const other = llmSettingsSchema.parse({ model: "a/b", strategy: "Hold.", confidenceMin: 0.9, everyCandles: 9 });
    expect(llm.reads(other)).toEqual(llm.reads(SETTINGS));
  });

  it("is nothing of a candle that has not closed", () => {
    const one = llmSettingsSchema.parse({ contextTimeframe: "1h" });
    const before = read(one, END - HOUR_MS);
    expect(before.candle).toBe(END - 2 * HOUR_MS);
    expect(read(one, END - 1)).toEqual(before);
    expect(read(one).candle).toBe(END - HOUR_MS);
    expect(llm.readings.parse(JSON.parse(JSON.stringify(before.readings)))).toEqual(before.readings);
  });

  it("is what a stop may trail by, and nothing where nothing is read", () => {
    const analysis = read(llmSettingsSchema.parse({ contextTimeframe: "1h" }));
    expect(llm.trailBy(analysis)).toMatchObject({ close: candles.at(-1)?.close, atr14: expect.any(Number) as number });
    const empty = llm.analyse({ time: 0, settings: llm.reads(SETTINGS), series: [[], []] });
    expect(llm.trailBy(empty)).toBeNull();
    expect([isWarm(analysis.readings), isWarm(empty.readings)]).toEqual([true, false]);
  });
});

describe("when the mode asks", () => {
  const due = (everyCandles: number, slotHours: number, lastHours: number | null) =>
    llm.isDue(
      { ...SETTINGS, everyCandles },
      { slot: slotHours * HOUR_MS, lastDoneSlot: lastHours === null ? null : lastHours * HOUR_MS },
    );

  it.each([
    [1, 5, 4, true],
    [1, 5.5, 5, false],
    [4, 7.9, 4, false],
    [4, 8, 7.9, true],
    [4, 11, 7, true],
    [4, 5, null, true],
  ])("of every %d candles, at %d h after %s h: %s", (every, slot, last, isDue) => {
    expect(due(every, slot, last)).toBe(isDue);
  });
});

describe("what the mode cites", () => {
  const plan = planExit(
    {
      side: "long",
      entryPrice: decimal(100),
      quantity: decimal(1),
      openedAt: 0,
      stopLoss: decimal(90),
      takeProfit: decimal(120),
    },
    exitTermsSchema.parse({
      invalidation: [95, 94, 93].map((price) => ({ on: "close", operator: "<", price: String(price) })),
    }),
    { tick: "0.01", lot: "0.001" },
  );
  const held = {
    pair: TOLD_PAIR,
    side: "long" as const,
    entryPrice: decimal(100),
    mark: decimal(101),
    stopLoss: decimal(90),
    takeProfit: decimal(120),
    unrealized: decimal(1),
    openedAt: 0,
    thesis: null,
    conditions: plan.conditions,
  };
  const facts = [
    ...toldFacts(),
    ...portfolioFacts({
      time: HOUR_MS,
      equity: decimal(1),
      available: decimal(1),
      positions: [held],
      takerFeeRate: decimal(0),
      stopDistanceMin: 0,
      stopDistanceMax: 1,
      rewardRiskMin: 1,
      positionsMax: 1,
    }),
    ...[1, 2, 3, 4, 5].flatMap((seed) => {
      const readings = toldReadings(seed);
      const market = { pair: TOLD_PAIR, readings };
      const shown = { fundingRate: 0.0001, openInterestRatio: 1.1, narrative: null };
      return [...marketFacts({ ...market, ...shown }), ...regimeFacts([market])];
    }),
    ...outsideFacts(
      { ...NOTHING_OUTSIDE, news: [], lessons: [], sentiment: { index: 1, yesterday: 2, at: 0 } },
      HOUR_MS,
    ),
  ];

  it("has words for every number that a model may be told", () => {
    const { conditions } = llm.words(SETTINGS);
    const numbers = facts.filter(({ value }) => typeof value === "number").map(({ path }) => path);
    const own = numbers.map((path) => path.replace(`${TOLD_PAIR}.`, ""));
    expect([...new Set(own)].filter((path) => !(path in conditions))).toEqual([]);
    expect(own.length).toBeGreaterThan(60);
  });

  it("may lead to entries of its sides alone, whose levels the model says", () => {
    const [both] = llm.plans(SETTINGS, 1);
    expect(both).toMatchObject({ sides: ["long", "short"], stop: "market", target: "market", least: { score: 0.65 } });
    expect(llm.plans({ ...SETTINGS, sides: "long" }, 1)[0]?.sides).toEqual(["long"]);
  });
});
