import { beforeEach, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { analyse, decisionTimeframes } from "~/trading/decision/decide";
import { MODES } from "~/trading/decision/modes/registry";
import { lastCandles } from "~/trading/market/candle-range";
import type { BotMarket } from "../bot-context";
import type { Database } from "../db/client";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { readAnalyses } from "./read-analyses";
import type { AnalysisAsk } from "./analysis-question";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
const MINUTE_MS = 60_000;

let runtime: Runtime;
let fixture: BooksFixture;
let markets: readonly BotMarket[];
openBed((bed) => ({ runtime } = bed), { poolMax: 10 });
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { pairs: PAIRS });
  ({ markets } = await fixture.ports.contexts(fixture.botId, 1));
});

const trinity = (decision: object = {}) => ({ mode: "trinity", decision: MODES.trinity.settings.parse(decision) });
const control = () => ({ mode: "buy-and-hold", decision: MODES["buy-and-hold"].settings.parse({}) });
const ofAll = (settings: AnalysisAsk["settings"]): AnalysisAsk[] => markets.map((market) => ({ market, settings }));
const at = (slot: number) => ({ venue: { id: fixture.venueId, kind: "demo" as const }, slot });
const stored = () => runtime.db.analysis.count({ where: { market: { venueId: fixture.venueId } } });

/** Ports of a process that has read nothing yet, which count the statements and the reads of candles. */
const counting = () => {
  const counts = { queries: 0, candles: 0 };
  const db = runtime.db.$extends({
    query: {
      $allOperations: ({ args, query }) => {
        counts.queries += 1;
        return query(args);
      },
    },
  }) as unknown as Database;
  const read: typeof runtime.candles.read = (...asked) => {
    counts.candles += 1;
    return fixture.ports.candles.read(...asked);
  };
  return { counts, ports: { ...fixture.ports, db, candles: { read } } };
};

it("ten who ask the same make one analysis a market and candle, other settings of the market another, stops none", async () => {
  const ten = Array.from({ length: 10 }, (_, n) => ofAll(trinity({ stopLossFraction: 0.02 + n / 1000 }))).flat();
  const answers = await readAnalyses(fixture.ports, at(FIRST_SLOT), ten);
  expect(answers.map(({ id }) => id)).toEqual(ten.map((_, index) => answers[index % 2]?.id));
  expect(new Set(answers.map(({ id }) => id)).size).toBe(2);
  expect(await stored()).toBe(2);
  await readAnalyses(fixture.ports, at(FIRST_SLOT), ofAll(trinity({ confirmTimeframe: "1d" })));
  await readAnalyses(fixture.ports, at(FIRST_SLOT), ofAll(control()));
  expect(await stored()).toBe(6);
  fixture.setTime(FIRST_SLOT + HOUR_MS);
  await readAnalyses(fixture.ports, at(FIRST_SLOT + HOUR_MS), ofAll(trinity()));
  expect(await stored()).toBe(8);
});

it("gives what the candles say, stored or not, at every slot until the next close", async () => {
  fixture.setTime(FIRST_SLOT + 55 * MINUTE_MS);
  const settings = trinity();
  const [market] = markets;
  for (const minutes of [0, 5, 55]) {
    const [answer] = await readAnalyses(counting().ports, at(FIRST_SLOT + minutes * MINUTE_MS), ofAll(settings));
    const series = await Promise.all(
      decisionTimeframes(settings).map((wanted) => {
        const { timeframe, from } = lastCandles({ ...wanted, closedBy: FIRST_SLOT });
        const { pair = "", marketType = "swap" } = market?.rules ?? {};
        return fixture.market.fetchCandles({ pair, marketType, timeframe, from, through: FIRST_SLOT });
      }),
    );
    expect(answer?.analysis).toEqual(analyse({ settings, time: FIRST_SLOT, series }));
  }
  expect(await stored()).toBe(2);
});

it("takes one query to read and one to write, and reads each market's candles once, however many ask and how often", async () => {
  const { counts, ports } = counting();
  const kinds = [trinity(), trinity({ confirmTimeframe: "1d" }), trinity({ leverage: 2 }), control()];
  const asks = Array.from({ length: 25 }, () => kinds.flatMap(ofAll)).flat();
  await readAnalyses(ports, at(FIRST_SLOT), asks);
  // 1h, 4h and 1d of two markets.
  expect(counts).toEqual({ queries: 2, candles: 6 });
  await readAnalyses(ports, at(FIRST_SLOT), asks);
  expect(counts).toEqual({ queries: 2, candles: 6 });
  const other = counting();
  for (let times = 0; times < 2; times++) await readAnalyses(other.ports, at(FIRST_SLOT), asks);
  expect(other.counts).toEqual({ queries: 1, candles: 0 });
});

it("several at once, in whatever order, store each once and answer the same", async () => {
  const asks = [trinity(), control(), trinity({ timeframe: "4h" })].flatMap(ofAll);
  const orders = [asks, asks.toReversed(), asks, asks.toReversed()];
  const answers = await Promise.all(orders.map((order) => readAnalyses(fixture.ports, at(FIRST_SLOT), order)));
  expect(await stored()).toBe(6);
  for (const [index, order] of orders.entries()) {
    const sorted = order === asks || index % 2 === 0 ? answers[index] : answers[index]?.toReversed();
    expect(sorted).toEqual(answers[0]);
  }
});

it("who reads before the venue confirmed its newest candle does not decide for who reads after it", async () => {
  fixture.setTime(FIRST_SLOT - MINUTE_MS);
  const ask = () => readAnalyses(fixture.ports, at(FIRST_SLOT), ofAll(trinity()));
  const early = await ask();
  expect(early.map(({ analysis }) => analysis.candle)).toEqual([FIRST_SLOT - 2 * HOUR_MS, FIRST_SLOT - 2 * HOUR_MS]);
  expect(await ask()).toEqual(early);
  fixture.setTime(FIRST_SLOT);
  const late = await ask();
  expect(late.map(({ analysis }) => analysis.candle)).toEqual([FIRST_SLOT - HOUR_MS, FIRST_SLOT - HOUR_MS]);
  expect(await ask()).toEqual(late);
  expect(await stored()).toBe(4);
});
