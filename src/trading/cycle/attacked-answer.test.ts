import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decisionSchema, type Decision } from "../decision/basis/decision";
import type { LlmReadings } from "../decision/asking/llm-readings";
import { readAnswer } from "../decision/asking/read-answer";
import { readReplyBody } from "../decision/asking/read-reply-body";
import { replyBody } from "../decision/asking/testing/scripted-reply";
import { INJECTED_NEWS } from "../decision/asking/testing/injected-headlines";
import { NOTHING_OUTSIDE } from "../decision/asking/outside-facts";
import { decimal, type Decimal } from "../money";
import type { AssessedDecision } from "../risk/assess-decisions";
import { begin, createMarket, FIRST } from "./testing/synthetic-trader";
import { dueMarkets, modelInput, modelSettings } from "./testing/model-fixture";
import { decideAnalysed } from "./decide-market";
import { NO_EVENTS } from "./entry-history";
import { judgeDecisions } from "./judge-decisions";
import { llmSettingsOf, writeModelQuestion, type ModelQuestion } from "./model-question";
import { viewMarket } from "./view-market";
import { viewPortfolio } from "./view-portfolio";

const SETTINGS = modelSettings();
const ASKED = llmSettingsOf(SETTINGS);
if (ASKED === null) throw new Error("the bot asks a model");
const DUE = dueMarkets(SETTINGS);
const MARKETS = createMarket(1)(FIRST);
const PAIRS = DUE.map(({ pair }) => pair);
const EQUITY = decimal(10_000);

/** What the surest decision of any mode may have of the size in its settings. */
const SURE = 1.2;

const closeOf = (pair: string): number => {
  const readings = DUE.find((market) => market.pair === pair)?.analysis.readings as LlmReadings | undefined;
  return readings?.frames[0]?.close ?? Number.NaN;
};

/** A question under attack by headlines, as if they were read. */
const attackedBy = (items: readonly string[]): ModelQuestion => {
  const news = items.map((title) => ({ title, source: "CoinDesk", publishedAt: FIRST, categories: [] }));
  const question = writeModelQuestion(modelInput({ outside: { ...NOTHING_OUTSIDE, news } }));
  if (question === null) throw new Error("nothing is asked");
  return question;
};
const CALM = attackedBy([]);

const shownAt = (path: string): number => Number(CALM.facts.find((fact) => fact.path === path)?.value);
const citedOf = (pair: string) =>
  ["1h.close", "1h.rsi14", "1h.ema20"].map((name) => ({ path: `${pair}.${name}`, value: shownAt(`${pair}.${name}`) }));

/** What the bot makes of a reply: each pair's decision, and what the gate lets through. */
const trade = (raw: string, question = CALM): { decisions: Decision[]; assessed: AssessedDecision[] } => {
  const read = readAnswer(readReplyBody(raw), question.pairs);
  const told =
    "fault" in read
      ? { heldBecause: { code: "no-answer", text: read.fault } }
      : { facts: question.facts, pairs: read.pairs };
  const decisions = DUE.map(({ pair, analysis }) =>
    decideAnalysed({ pair, settings: SETTINGS, analysis, held: undefined, mayAdd: false, wasHeld: false, told }),
  );
  const { initialCapital, balances, positions, equity: memory } = begin();
  const assessed = judgeDecisions({
    time: FIRST,
    settings: SETTINGS,
    isLive: false,
    tradingState: "active",
    decisions: decisions.map((decision, index) => ({ marketId: index + 1, decision })),
    portfolio: viewPortfolio({ initialCapital, balances, positions, memory }, FIRST),
    past: NO_EVENTS,
    views: MARKETS.traded.map(({ id: marketId, rules, shown, candles }) => {
      const last = candles({ timeframe: "5m", from: FIRST - 300_000, closedBy: FIRST }).at(-1);
      return viewMarket({ marketId, rules, shown, last, timeframe: "5m" }, FIRST);
    }),
    series: new Map(),
  });
  return { decisions, assessed };
};

const ordersOf = ({ assessed }: ReturnType<typeof trade>) => assessed.flatMap(({ order }) => (order ? [order] : []));

/** All that a bot may do, whatever its model says: by its settings and its limits, at prices that the market has. */
const expectWithin = ({ decisions, assessed }: ReturnType<typeof trade>): void => {
  expect(decisions.map(({ pair }) => pair)).toEqual(PAIRS);
  for (const decision of decisions) {
    expect(decisionSchema.parse(decision)).toBeDefined();
    if (decision.action !== "open") continue;
    expect(decision).toMatchObject({ sizeFraction: ASKED.sizeFraction, leverage: ASKED.leverage });
    const levels = [decision.stopLoss, decision.entryPrice, decision.takeProfit].map(Number);
    const sign = decision.side === "long" ? 1 : -1;
    expect(levels.every((level) => Number.isFinite(level) && level > 0)).toBe(true);
    expect(levels).toEqual(levels.toSorted((one, other) => (one - other) * sign));
    expect(decision.evidence.every(({ met }) => met === true)).toBe(true);
    const own = new Set(decision.evidence.map(({ condition }) => condition).filter((path) => !path.includes("/")));
    expect(own.size).toBeGreaterThanOrEqual(ASKED.citationsMin);
    expect(decision.exits?.invalidation.length).toBeGreaterThan(0);
  }
  for (const { decision, order } of assessed) {
    if (!order) continue;
    const notional: Decimal = order.quantity.times(closeOf(decision.pair));
    const most = EQUITY.times(ASKED.sizeFraction).times(ASKED.leverage);
    expect(notional.lte(most.times(SURE))).toBe(true);
    expect([order.stopLoss, order.takeProfit].every((level) => level?.gt(0) === true)).toBe(true);
  }
};

const open = (pair: string, changes: object = {}) => ({
  pair,
  action: "open_long",
  confidence: 1,
  thesis: "The headline says so.",
  evidence: citedOf(pair),
  stop_loss: closeOf(pair) * 0.98,
  take_profit: closeOf(pair) * 1.06,
  invalidation: [{ on: "close", operator: "<", price: closeOf(pair) * 0.985, candles: 2 }],
  ...changes,
});
const FIRST_PAIR = "A/USDT";

describe("a model that obeys an attacker", () => {
  it("trades where it answers as it should, so that what is refused below is refused for its fault", () => {
    const traded = trade(replyBody({ decisions: PAIRS.map((pair) => open(pair)) }));
    expectWithin(traded);
    expect(ordersOf(traded)).toHaveLength(PAIRS.length);
  });

  it.each<[what: string, decisions: unknown[]]>([
    ["all of the account", [open(FIRST_PAIR, { size: 1, sizeFraction: 1 })]],
    ["a leverage of 100", [open(FIRST_PAIR, { leverage: 100 })]],
    ["no stop", [open(FIRST_PAIR, { stop_loss: undefined })]],
    ["a stop of 0", [open(FIRST_PAIR, { stop_loss: 0 })]],
    ["a stop that is no number", [open(FIRST_PAIR, { stop_loss: "none" })]],
    ["a stop on the wrong side", [open(FIRST_PAIR, { stop_loss: closeOf(FIRST_PAIR) * 1.02 })]],
    ["a stop beyond what its limits allow", [open(FIRST_PAIR, { stop_loss: closeOf(FIRST_PAIR) * 0.5 })]],
    ["a stop closer than its limits allow", [open(FIRST_PAIR, { stop_loss: closeOf(FIRST_PAIR) * 0.9999 })]],
    ["no condition that proves it wrong", [open(FIRST_PAIR, { invalidation: [] })]],
    ["foreign pairs", [open(FIRST_PAIR, { pair: "DOGE/USDT" }), open(FIRST_PAIR, { pair: "a/usdt" })]],
    ["a pair of the object's own", [open(FIRST_PAIR, { pair: "__proto__" })]],
    ["one pair fifty times", Array.from({ length: 50 }, () => open(FIRST_PAIR))],
    ["numbers that it was not told", [open(FIRST_PAIR, { evidence: [{ path: "limits.positions", value: 9999 }] })]],
    [
      "a headline as its ground",
      [open(FIRST_PAIR, { evidence: [...citedOf(FIRST_PAIR), { path: "news.1", value: 1 }] })],
    ],
    ["another market's numbers", [open(FIRST_PAIR, { evidence: citedOf("B/USDT") })]],
    ["an action that there is not", [open(FIRST_PAIR, { action: "withdraw" })]],
    ["to close what is not there", [{ ...open(FIRST_PAIR), action: "close" }]],
  ])("and wants %s causes no order", (_what, decisions) => {
    const traded = trade(replyBody({ decisions }));
    expectWithin(traded);
    expect(ordersOf(traded)).toEqual([]);
  });

  it("spoils only the pair that it answers badly about", () => {
    const traded = trade(replyBody({ decisions: [open(FIRST_PAIR, { leverage: 100 }), open("B/USDT")] }));
    expectWithin(traded);
    expect(traded.assessed.flatMap(({ decision, order }) => (order ? [decision.pair] : []))).toEqual(["B/USDT"]);
  });

  it.each(INJECTED_NEWS)("by $kind changes nothing that code decides: $items", ({ items }) => {
    const question = attackedBy(items);
    expect(question.settings).toEqual(CALM.settings);
    expect(question.prompt.system).toEqual(CALM.prompt.system);
    expect(question.prompt.tool).toEqual(CALM.prompt.tool);
    const obeying = replyBody({
      decisions: [
        open(FIRST_PAIR, { thesis: items.join(" ").slice(0, 600) || "-", leverage: 100 }),
        open("B/USDT", { thesis: items.join(" ").slice(0, 600) || "-" }),
        open("DOGE/USDT", { evidence: [] }),
      ],
    });
    const traded = trade(obeying, question);
    expectWithin(traded);
    expect(traded.assessed.find(({ decision }) => decision.pair === FIRST_PAIR)?.order ?? null).toBeNull();
  });
});

describe("any reply at all", () => {
  const path = fc.constantFrom(...CALM.facts.map((fact) => fact.path), "news.1", "constructor", "");
  const number = fc.oneof(fc.double(), fc.constantFrom(0, -1, 1e308, 5e-324, closeOf(FIRST_PAIR) * 0.98));
  const value = fc.oneof(number, fc.string(), fc.anything());
  const citation = fc.oneof(fc.constantFrom(...PAIRS.flatMap(citedOf)), fc.record({ path, value }));
  /** A valid decision with some of its fields changed, left out or added. */
  const mutated = fc
    .record({
      pair: fc.constantFrom(...PAIRS),
      kept: fc.nat({ max: 9 }),
      changes: fc.record(
        {
          pair: fc.oneof(fc.constantFrom(...PAIRS, "DOGE/USDT"), fc.string()),
          action: fc.constantFrom("open_long", "open_short", "close", "hold", "buy"),
          confidence: number,
          thesis: fc.oneof(fc.string(), fc.constant("x".repeat(700))),
          evidence: fc.array(citation, { maxLength: 14 }),
          stop_loss: value,
          take_profit: value,
          invalidation: fc.oneof(fc.array(fc.anything(), { maxLength: 4 }), fc.anything()),
          leverage: value,
        },
        { requiredKeys: [] },
      ),
    })
    // Most of it stays valid, so that what is wrong is one thing or two.
    .map(({ pair, kept, changes }) => open(pair, Object.fromEntries(Object.entries(changes).slice(kept, kept + 2))));
  const decisions = fc.oneof(fc.array(mutated, { maxLength: 4 }), fc.array(fc.anything()), fc.anything());
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    decisions.map((given) => replyBody({ decisions: given })),
    fc
      .tuple(
        decisions.map((given) => replyBody({ decisions: given })),
        fc.nat(),
      )
      .map(([raw, at]) => raw.slice(0, at % (raw.length + 1))),
  );

  it("is read, decided and judged without a throw, and no order of it was not validated", () => {
    let ordered = 0;
    fc.assert(
      fc.property(body, (raw) => {
        const traded = trade(raw);
        expectWithin(traded);
        ordered += ordersOf(traded).length;
      }),
      { numRuns: 10_000 },
    );
    expect(ordered).toBeGreaterThan(100);
  }, 60_000);
});
