import { describe, expect, it } from "vitest";
import { holdDecision, type Decision } from "../decision/basis/decision";
import { decimal } from "../money";
import { buildPosition } from "../portfolio/testing/position-builder";
import { assessDecisions, type Assessment } from "./assess-decisions";
import { riskLimitsSchema } from "./risk-limits";
import {
  buildDecision,
  buildHistory,
  buildMarket,
  buildPortfolio,
  inItsMarket,
  marketIdOf,
  NEUTRAL,
  pairOf,
  SLOT,
  STANDARD_RULES,
} from "./testing/risk-context-builder";

type Judged = Omit<Partial<Assessment>, "decisions"> & { readonly decisions?: readonly Decision[] };

const assess = ({ decisions = [], ...part }: Judged) =>
  assessDecisions({
    time: SLOT,
    intervalSeconds: 300,
    isLive: false,
    tradingState: "active",
    isControl: false,
    limits: riskLimitsSchema.parse({}),
    decisions: decisions.map(inItsMarket),
    portfolio: buildPortfolio(),
    marketOf: (marketId) => buildMarket({ marketId, rules: { pair: pairOf(marketId) } }),
    historyOf: () => buildHistory(),
    correlationsOf: () => [],
    ...NEUTRAL,
    ...part,
  });

const open = (pair: string) => buildDecision({ pair });
const close = (pair: string) =>
  buildDecision({ pair, action: "close", sizeFraction: null, stopLoss: null, takeProfit: null });
const held = (pair: string, margin = 1000) =>
  buildPosition({
    id: pair,
    marketId: marketIdOf(pair),
    pair,
    entryPrice: decimal(1000),
    quantity: decimal(margin).div(1000),
    mark: decimal(1000),
  });
const shortLevels = { side: "short" as const, stopLoss: "1050", takeProfit: "900" };
const outcomes = (results: ReturnType<typeof assess>) =>
  results.map(
    ({ decision, verdict }) => `${decision.pair} ${decision.action} ${verdict?.outcome ?? "-"} ${verdict?.rule ?? "-"}`,
  );

describe("assessDecisions", () => {
  it("judges closes first, then the rest in the order of the pairs", () => {
    const portfolio = buildPortfolio({
      positions: [held("C/USDT"), held("D/USDT")],
      margin: decimal(2000),
      cash: decimal(8000),
    });
    const hold = holdDecision("B/USDT", { code: "nothing", text: "nothing to do" });
    const results = assess({
      portfolio,
      decisions: [open("A/USDT"), close("D/USDT"), hold, close("C/USDT"), open("E/USDT")],
    });
    expect(outcomes(results)).toEqual([
      "D/USDT close approved -",
      "C/USDT close approved -",
      "A/USDT open approved -",
      "B/USDT hold - -",
      "E/USDT open approved -",
    ]);
  });

  it("plans the quantity that it judged, with stop and target on the market's tick", () => {
    const [result] = assess({ decisions: [buildDecision({ stopLoss: "950.04", takeProfit: "1100.06" })] });
    const { order } = result ?? {};
    expect([order?.quantity, order?.referencePrice, order?.stopLoss, order?.takeProfit].join(" ")).toBe(
      "1.083 1000 950 1100.1",
    );
    expect(order).toMatchObject({ purpose: "entry", position: null });
    expect(result?.verdict?.checks).toHaveLength(STANDARD_RULES.length);
  });

  it("judges an entry at the leverage that it asks for, at 1 where it asks for none, and of no size where it has none", () => {
    const measured = (part: Parameters<typeof buildDecision>[0], rule: string) =>
      assess({ decisions: [buildDecision(part)] })[0]?.verdict?.checks.find((check) => check.rule === rule)?.measured;
    expect([measured({ leverage: 3 }, "leverage"), measured({ leverage: null }, "leverage")]).toEqual(["3", "1"]);
    expect(measured({ sizeFraction: null }, "order-quantity")).toBe("0");
  });

  it("closes a position whole, also when every limit is broken", () => {
    const position = held("A/USDT", 9000);
    const broken = buildPortfolio({
      equity: decimal(-5),
      cash: decimal(-9005),
      margin: decimal(9000),
      positions: [position],
      dayLowEquity: decimal(-5),
    });
    const [result] = assess({
      tradingState: "halted",
      isLive: true,
      portfolio: broken,
      historyOf: () =>
        buildHistory({ entriesToday: 500, lossPauseUntil: SLOT * 2, lastStopAt: SLOT, hasEnteredThisCandle: true }),
      marketOf: () => {
        const unknown = { spreadFraction: null, quoteVolume24h: null, dataAgeMs: null };
        return buildMarket({ rules: { notionalMin: "1000000" }, ...unknown });
      },
      decisions: [close("A/USDT")],
    });
    expect(result).toMatchObject({
      verdict: { outcome: "approved", rule: null },
      order: { purpose: "exit", position },
    });
    expect(result?.order?.quantity.toFixed()).toBe("9");
  });

  it("refuses a close that has no price, or nothing to close, each with its own reason", () => {
    const portfolio = buildPortfolio({ positions: [held("A/USDT")] });
    const results = assess({
      portfolio,
      decisions: [close("A/USDT"), close("B/USDT")],
      marketOf: (marketId) => buildMarket({ marketId, rules: { pair: pairOf(marketId) }, referencePrice: null }),
    });
    expect(outcomes(results)).toEqual(["A/USDT close rejected stale-data", "B/USDT close rejected position-is-open"]);
    expect(results.map(({ verdict }) => verdict?.reason)).toEqual([
      "no price at this slot",
      "no open position in B/USDT",
    ]);
    expect(results.every(({ order }) => order === null)).toBe(true);
  });

  it.each(["side", "stopLoss", "takeProfit"] as const)(
    "refuses an entry without %s, and does not overlook it",
    (field) => {
      const [result] = assess({ decisions: [buildDecision({ [field]: null })] });
      expect(result?.verdict).toMatchObject({ outcome: "rejected", rule: "protection-side" });
      expect(result?.order).toBeNull();
    },
  );

  it("names the first rule that refuses an entry, and lets the next pair have its turn", () => {
    const results = assess({
      decisions: [open("A/USDT"), open("B/USDT")],
      historyOf: (marketId) =>
        buildHistory({ lastStopAt: pairOf(marketId) === "A/USDT" ? SLOT : null, lossPauseUntil: null }),
    });
    expect(outcomes(results)).toEqual(["A/USDT open rejected cooldown", "B/USDT open approved -"]);
    expect(results[0]?.verdict?.checks).toHaveLength(STANDARD_RULES.length);
  });

  it("lets a close free the room that an entry of the same cycle needs", () => {
    const portfolio = buildPortfolio({
      positions: [held("A/USDT", 8500)],
      margin: decimal(8500),
      cash: decimal(1500),
      grossNotional: decimal(8500),
    });
    const entry = open("B/USDT");
    expect(outcomes(assess({ portfolio, decisions: [entry] }))).toEqual(["B/USDT open rejected order-quantity"]);
    expect(outcomes(assess({ portfolio, decisions: [entry, close("A/USDT")] })).at(-1)).toBe("B/USDT open approved -");
  });
});

describe("entries of one cycle are judged together", () => {
  const pairs = ["A/USDT", "B/USDT", "C/USDT"];
  const limits = riskLimitsSchema.parse({ entriesPerCycleMax: 3 });
  const alone = (part: Judged) =>
    pairs.flatMap((pair) => outcomes(assess({ limits, ...part, decisions: [open(pair)] })));
  const together = (part: Judged) => outcomes(assess({ limits, ...part, decisions: pairs.map(open) }));

  it.each<[string, Judged, string[]]>([
    [
      "entries-per-cycle",
      { limits: riskLimitsSchema.parse({}) },
      ["approved -", "approved -", "rejected entries-per-cycle"],
    ],
    [
      "trades-per-day",
      { historyOf: () => buildHistory({ entriesToday: 8 }) },
      ["approved -", "approved -", "rejected trades-per-day"],
    ],
    [
      "open-positions",
      { limits: { ...limits, openPositionsMax: 1 } },
      ["approved -", "rejected open-positions", "rejected open-positions"],
    ],
    [
      "total-margin",
      { limits: { ...limits, totalMarginMax: 0.15 } },
      ["approved -", "resized total-margin", "rejected order-quantity"],
    ],
    [
      "gross-notional",
      { limits: { ...limits, grossNotionalMax: 0.15 } },
      ["approved -", "resized gross-notional", "rejected order-quantity"],
    ],
    [
      "correlation",
      { correlationsOf: (_marketId, others) => others.map(({ pair }) => ({ pair, value: 0.9 })) },
      ["approved -", "rejected correlation", "rejected correlation"],
    ],
  ])("by %s, which each of them passes alone", (_limit, part, expected) => {
    expect(alone(part)).toEqual(pairs.map((pair) => `${pair} open approved -`));
    expect(together(part)).toEqual(pairs.map((pair, index) => `${pair} open ${expected[index]}`));
  });

  it("by correlation, with open positions of their own side only, and not with their own pair", () => {
    const asked: string[] = [];
    const short = { ...held("S/USDT", 100), side: "short" as const };
    const results = assess({
      limits,
      decisions: [open("A/USDT"), buildDecision({ ...shortLevels, pair: "B/USDT" })],
      portfolio: buildPortfolio({ positions: [short, held("L/USDT", 100), held("A/USDT", 100)] }),
      correlationsOf: (marketId, others) => {
        asked.push(`${pairOf(marketId)} with ${others.map((other) => other.pair).join(" ")}`);
        return others.map((other) => ({ pair: other.pair, value: other.pair === "S/USDT" ? 0.95 : 0.1 }));
      },
    });
    expect(asked).toEqual(["A/USDT with L/USDT", "B/USDT with S/USDT"]);
    const correlation = results.map(
      ({ verdict }) => verdict?.checks.find(({ rule }) => rule === "correlation")?.outcome,
    );
    expect(correlation).toEqual(["pass", "fail"]);
  });

  it("and a second entry in one pair is refused", () => {
    expect(outcomes(assess({ decisions: [open("A/USDT"), open("A/USDT")] }))).toEqual([
      "A/USDT open approved -",
      "A/USDT open rejected pair-is-free",
    ]);
  });

  it("and the loss of a close in the same cycle counts against the daily loss", () => {
    const position = { ...held("A/USDT", 2000), entryPrice: decimal(1050), mark: decimal(1050) };
    const portfolio = buildPortfolio({
      positions: [position],
      margin: decimal(2000),
      cash: decimal(8000),
      grossNotional: decimal(2100),
    });
    const results = assess({ portfolio, decisions: [close("A/USDT"), open("B/USDT")] });
    expect(outcomes(results)).toEqual(["A/USDT close approved -", "B/USDT open rejected daily-loss"]);
  });
});
