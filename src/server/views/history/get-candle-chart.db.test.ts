import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { describeExit } from "~/trading/execution/describe-exit";
import { candleChartSchema } from "~/contracts/chart-view";
import { timeframeMs } from "~/trading/market/timeframe";
import type { Runtime } from "../../runtime";
import { requireOwnBot } from "../../tenant/find-own";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../../testing/cycle-fixture";
import { loadMarks } from "./chart-marks";
import { getCandleChart, type ChartQuery } from "./get-candle-chart";

const HOURS = 12;
const PAIR = "BTC/USDT";

let runtime: Runtime;
let fixture: BooksFixture;

openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  const risk = { cooldownMinutes: 0, dailyLossMax: 0.5, dailyLossOfCapitalMax: 0.5, tradesPerDayMax: 200 };
  fixture = await createBooksFixture(runtime, { seed: 3, settings: { risk } });
  for (let hour = 0; hour < HOURS; hour++) {
    const cycle = await claimSlot(fixture, FIRST_SLOT + hour * HOUR_MS, { holder: `run-${hour}` });
    for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
  }
});

const LAST_SLOT = FIRST_SLOT + (HOURS - 1) * HOUR_MS;

const chart = (part: Partial<ChartQuery> = {}) =>
  getCandleChart(fixture.ports, { userId: fixture.userId, botId: fixture.botId, pair: PAIR, ...part });

/** What the market in memory shows of a span, put together by hand. */
const spanOf = (from: number, length: number) => {
  const parts = (fixture.market.candles.get(PAIR) ?? []).filter(
    ({ openTime }) => openTime >= from && openTime < from + length,
  );
  return {
    time: from / 1000,
    open: parts[0]?.open,
    high: Math.max(...parts.map(({ high }) => high)),
    low: Math.min(...parts.map(({ low }) => low)),
    close: parts.at(-1)?.close,
  };
};

describe("a candle chart", () => {
  it("shows the decision candles that had closed by the venue's clock, at most 300", async () => {
    const view = await chart();
    expect(candleChartSchema.safeParse(view).error).toBeUndefined();
    expect(view).toMatchObject({ pair: PAIR, timeframe: "1h", priceDigits: 2 });
    expect(view.candles.length).toBeGreaterThan(200);
    expect(view.candles.length).toBeLessThanOrEqual(300);
    expect(view.candles.at(-1)).toMatchObject(spanOf(LAST_SLOT - HOUR_MS, HOUR_MS));
  });

  it("builds a timeframe that is not stored from a finer one, whole candles only", async () => {
    const view = await chart({ timeframe: "1d" });
    const day = 24 * HOUR_MS;
    expect(await runtime.db.candle.count({ where: { timeframe: "1d" } })).toBe(0);
    expect(view.candles.at(-1)).toMatchObject(spanOf(FIRST_SLOT - day, day));
    for (const { time, ...candle } of view.candles) expect({ time, ...candle }).toMatchObject(spanOf(time * 1000, day));
    expect(view.timeframes).toEqual(["5m", "15m", "1h", "4h", "1d"]);
  });

  it("marks every entry and exit at its fill, with what it made, and every refusal with its rule", async () => {
    const { marks, candles } = await chart();
    const fills = await runtime.db.fill.findMany({ include: { position: true, order: { include: { intent: true } } } });
    const trades = await runtime.db.trade.findMany();
    const ofKind = (kind: string) => marks.filter((mark) => mark.kind === kind);
    expect(ofKind("entry")).toHaveLength(fills.filter(({ side }) => side === "buy").length);
    expect(ofKind("exit")).toHaveLength(trades.length);
    for (const mark of ofKind("exit")) {
      const trade = trades.find(({ positionId }) => positionId === mark.positionId);
      const net = trade?.realizedPnl.toNumber() ?? 0;
      expect(mark.text).toBe(
        `${describeExit(trade?.exitReason ?? "")} ${net < 0 ? "-" : "+"}${Math.abs(net).toFixed(2)}`,
      );
      expect(mark.price).toBe(trade?.exitPrice.toNumber());
      expect(mark.time * 1000).toBe(Math.floor((trade?.exitedAt.getTime() ?? 0) / HOUR_MS) * HOUR_MS);
    }
    const refusals = await runtime.db.verdict.count({ where: { outcome: "rejected" } });
    expect(ofKind("refused")).toHaveLength(refusals);
    expect(new Set(ofKind("refused").map(({ text }) => text))).toEqual(
      new Set(["the pair has an open position already"]),
    );
    const times = new Set(candles.map(({ time }) => time));
    expect(marks.every(({ time }) => times.has(time))).toBe(true);
    expect(marks.map(({ time }) => time)).toEqual(marks.map(({ time }) => time).toSorted((one, other) => one - other));
  });

  it("marks what was filled from the first candle's open on, before the last one's close and in its own market", async () => {
    const { exitedAt, positionId, marketId } = await runtime.db.trade.findFirstOrThrow();
    const [at, step] = [exitedAt.getTime(), timeframeMs("5m")];
    const botId = await requireOwnBot(runtime.db, fixture);
    const marksOn = async (of: number, ...openTimes: readonly number[]) => {
      const candles = openTimes.map((openTime) => ({ openTime, open: 1, high: 1, low: 1, close: 1, volume: null }));
      return loadMarks(runtime.db, { botId, marketId: of, timeframe: "5m", candles });
    };
    const isExit = (mark: object) => expect.objectContaining({ ...mark, kind: "exit", positionId }) as object;
    expect(await marksOn(marketId, at)).toContainEqual(isExit({ time: Math.floor(at / step) * (step / 1000) }));
    expect(await marksOn(marketId, at - step)).not.toContainEqual(isExit({}));
    expect(await marksOn(marketId + 1, FIRST_SLOT, LAST_SLOT + HOUR_MS)).toEqual([]);
  });

  it("shows the levels of the open position", async () => {
    const open = await runtime.db.position.findFirstOrThrow({ where: { closedAt: null } });
    expect((await chart()).position).toEqual({
      id: open.id,
      side: "long",
      entryPrice: open.entryPrice.toFixed(),
      stopName: "stop",
      legs: [],
      targets: [],
      stopLoss: open.stopLoss?.toFixed(),
      takeProfit: open.takeProfit?.toFixed(),
    });
  });

  it("says what can be asked for, and shows another user nothing", async () => {
    await expect(chart({ timeframe: "1m" })).rejects.toThrow(
      "There are no 1m candles of this market: choose one of 5m, 15m, 1h, 4h, 1d.",
    );
    await expect(chart({ pair: "DOGE/USDT" })).rejects.toThrow(
      "This bot does not trade DOGE/USDT: choose one of BTC/USDT.",
    );
    await expect(chart({ userId: runtime.newId() })).rejects.toMatchObject({ code: "not-found" });
  });

  it("shows a pair that the bot itself holds, and none that only another bot held", async () => {
    const two = await createBooksFixture(runtime, { pairs: [PAIR, "ETH/USDT"], settings: { pairs: [PAIR] } });
    const botId = await two.addBot({ pairs: ["ETH/USDT"] });
    const cycle = await claimSlot(two, FIRST_SLOT, { holder: "run", botId });
    for (const stage of stagesOf(two, wishToEnter(two, "ETH/USDT"))) await stage.run(cycle);
    const query = { userId: two.userId, pair: "ETH/USDT" };
    expect((await getCandleChart(two.ports, { ...query, botId })).position).not.toBeNull();
    await expect(getCandleChart(two.ports, { ...query, botId: two.botId })).rejects.toThrow("does not trade ETH/USDT");
  });
});
