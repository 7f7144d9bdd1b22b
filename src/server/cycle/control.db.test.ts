import { readFile } from "node:fs/promises";
import pg from "pg";
import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../scripts/testing/test-database";
import { Decimal, decimal, sumOf } from "~/trading/money";
import { checkBotInvariants } from "../books/check-bot-invariants";
import { getBot } from "../views/bots/get-bot";
import { listPositions } from "../views/bots/list-positions";
import { fromColumn } from "../db/amounts";
import { loadBuyAndHold } from "../views/history/buy-and-hold";
import { getOverview } from "../views/overview/get-overview";
import { findOwnedBotWithSettings } from "../views/owned-bot";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, type Wish } from "../testing/cycle-fixture";
import { guardOnly } from "../testing/guard-only";
import { shiftMarket } from "../testing/shift-market";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
/** The limits of the demo's control: none of them restricts size or number of entries. */
const RISK = { entriesPerCycleMax: 10, positionMarginMax: 1, totalMarginMax: 1, correlationMax: 1 };

let database: TestDatabase;
let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime, database } = bed));
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { pairs: PAIRS, settings: { mode: "buy-and-hold", risk: RISK } });
});

/** Runs one whole cycle and checks every invariant after it. */
const runHour = async (hour: number, wish: Wish = null): Promise<void> => {
  const slot = FIRST_SLOT + hour * HOUR_MS;
  const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
  for (const stage of stagesOf(fixture, wish)) await stage.run(cycle);
  const { ports, botId } = fixture;
  expect(await checkBotInvariants(ports, { botId, settingsVersion: 1, at: slot })).toEqual([]);
};
const openOnes = () =>
  runtime.db.position.findMany({ where: { botId: fixture.botId, closedAt: null }, orderBy: { marketId: "asc" } });
const owned = () => ({ userId: fixture.userId, botId: fixture.botId });

describe("the control", () => {
  it("buys once in equal shares without a stop, and holds through a fall that every limit would end", async () => {
    shiftMarket(fixture, FIRST_SLOT + 2 * HOUR_MS, 0.2);
    for (const hour of [0, 1, 2, 3, 4]) await runHour(hour);
    const positions = await openOnes();
    expect(positions.map(({ stopLoss, takeProfit }) => [stopLoss, takeProfit])).toEqual([
      [null, null],
      [null, null],
    ]);
    for (const { margin } of positions) expect(Math.abs(Number(margin) / 5000 - 1)).toBeLessThan(0.005);
    expect(await runtime.db.trade.count({ where: { botId: fixture.botId } })).toBe(0);
    const bot = await getBot(fixture.ports, owned());
    expect(bot.performance.returnFraction).toBeLessThan(-0.75);
    expect([bot.status, bot.tradingState, bot.statusReason]).toEqual(["running", "active", null]);
    expect(await runtime.db.alert.count({ where: { botId: fixture.botId } })).toBe(0);
  });

  it("is worth what the benchmark is, but for its own costs and less than a lot a pair", async () => {
    shiftMarket(fixture, FIRST_SLOT + 3 * HOUR_MS, 2);
    for (const hour of [0, 1, 2, 3, 4, 5, 6]) await runHour(hour);
    const { points, fraction } = await loadBuyAndHold(runtime, await findOwnedBotWithSettings(runtime, fixture));
    const marked = await runtime.db.equityPoint.findMany({ where: { botId: fixture.botId }, orderBy: { at: "asc" } });
    const fills = await runtime.db.fill.findMany({ where: { position: { botId: fixture.botId } } });
    const costs = sumOf(fills.map(({ fee, slippage }) => fromColumn(fee).plus(fromColumn(slippage ?? 0))));
    const lots = sumOf(fills.map(({ price }) => fromColumn(price).times("0.001")));
    const highest = Decimal.max(1, ...points.map(({ value }) => decimal(value).div(10_000)));
    const most = costs.plus(lots).times(highest);
    expect(most.lt(60)).toBe(true);
    expect(points).toHaveLength(7);
    for (const [index, { equity }] of marked.entries()) {
      const apart = fromColumn(equity)
        .minus(points[index]?.value ?? NaN)
        .abs();
      expect(apart.lte(most), `hour ${index}: ${apart.toFixed(2)} apart, at most ${most.toFixed(2)}`).toBe(true);
    }
    expect(fraction).not.toBeNull();
  });

  it("says of what it holds that everything can be lost, and counts it whole", async () => {
    await runHour(0);
    const open = await listPositions(fixture.ports, owned());
    expect(open.positions.map(({ lossAtStop, lossAtGap }) => [lossAtStop, lossAtGap])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(open.withoutStop).toBe(2);
    const worth = sumOf(open.positions.map(({ notional }) => decimal(notional)));
    expect(worth.plus(open.lossIfEveryStopFills).abs().lt(worth.times("0.001"))).toBe(true);
    expect(open.lossWithGap).toBe(open.lossIfEveryStopFills);
    const overview = await getOverview(fixture.ports, fixture.userId);
    expect([overview.openRisk, overview.withoutStop]).toEqual([open.lossIfEveryStopFills, 2]);
    expect(overview.openRiskFraction).toBeLessThan(-0.99);
  });

  it("never buys again what something closed", async () => {
    await runHour(0);
    const close: Wish = () => [
      {
        pair: "BTC/USDT",
        action: "close",
        side: "long",
        decidedCandle: FIRST_SLOT,
        score: 1,
        sizeFraction: null,
        leverage: null,
        entryPrice: null,
        stopLoss: null,
        takeProfit: null,
        invalidation: [],
        evidence: [],
        reason: { code: "by-hand", text: "a test wants it" },
      },
    ];
    await runHour(1, close);
    for (const hour of [2, 3, 4]) await runHour(hour);
    expect(await openOnes()).toHaveLength(1);
    expect(await runtime.db.position.count({ where: { botId: fixture.botId } })).toBe(2);
    const where = { cycle: { botId: fixture.botId }, reasonCode: "held-before" };
    expect(await runtime.db.decision.count({ where })).toBe(3);
  });
});

describe("a stop that an earlier version gave to the control", () => {
  /** Gives positions the levels of older versions: a stop 24 % below, a target far above. */
  const plantStops = async (): Promise<void> => {
    await runtime.db.$executeRaw`
      UPDATE positions SET stop_loss = round(entry_price * 0.76, 2), take_profit = entry_price * 10 WHERE bot_id = ${fixture.botId}::uuid`;
  };
  const notes = () => runtime.db.activity.findMany({ where: { botId: fixture.botId, kind: "stopRemoved" } });

  it.each(["a cycle", "the guard, of a bot that is stopped"])(
    "is taken off and recorded once by %s, before it can sell",
    async (by) => {
      const counts: number[] = [];
      await runHour(0);
      await plantStops();
      const bound = await openOnes();
      shiftMarket(fixture, FIRST_SLOT + HOUR_MS / 2, 0.5);
      if (by === "a cycle") {
        await runHour(1);
      } else {
        await runtime.db.bot.update({
          where: { id: fixture.botId },
          data: { status: "stopped", stoppedReason: "user" },
        });
        // Before any level is touched, after the fall, and once more.
        for (const minutes of [20, 60, 60]) {
          fixture.setTime(FIRST_SLOT + minutes * 60_000);
          await guardOnly(fixture.ports, fixture.botId);
          counts.push((await notes()).length);
        }
      }
      const released = await openOnes();
      expect(released.map(({ stopLoss, takeProfit }) => stopLoss ?? takeProfit)).toEqual([null, null]);
      expect(released.every(({ settledThrough }) => settledThrough.getTime() === FIRST_SLOT + HOUR_MS)).toBe(true);
      expect(await runtime.db.trade.count({ where: { botId: fixture.botId } })).toBe(0);
      const recorded = await notes();
      const levels = bound.map(({ id, stopLoss, takeProfit }) => ({
        positionId: id,
        stopLoss: stopLoss?.toFixed(),
        takeProfit: takeProfit?.toFixed(),
      }));
      expect(recorded.map(({ details }) => details)).toEqual(expect.arrayContaining(levels));
      const texts = recorded.map(({ text }) => text.replace(/\d{1,3}(,\d{3})*(\.\d+)?(?![\d,])/g, "x")).toSorted();
      expect(texts).toEqual(
        PAIRS.map(
          (pair) => `Took the stop at x USDT and target at x USDT off ${pair}: a buy-and-hold control has neither`,
        ),
      );
      expect(counts).toEqual(counts.map(() => 2));
      if (by === "a cycle") await runHour(2);
      expect(await notes()).toHaveLength(2);
    },
  );
});

describe("what earlier versions left", () => {
  /** Stores settings in an older form as the bot's second version, and returns them. */
  const nameItHold = async () => {
    const { botId } = fixture;
    const hold = { timeframe: "1h", investedFraction: 0.5, stopLossFraction: 0.24 };
    const common = { mode: "hold", pairs: PAIRS, marketType: "swap", intervalSeconds: 3600, risk: RISK };
    const settings = { ...common, hold, trinity: { timeframe: "1h", leverage: 3 } };
    await runtime.db.botSettings.create({ data: { botId, version: 2, settings } });
    await runtime.db.bot.update({ where: { id: botId }, data: { settingsVersion: 2 } });
    return settings;
  };

  it("settings of a control under its old name, with the stop it had, run as today's control and are shown as it", async () => {
    const { botId, ports } = fixture;
    const stored = await nameItHold();
    await runHour(0);
    const positions = await openOnes();
    expect(positions.map(({ stopLoss }) => stopLoss)).toEqual([null, null]);
    for (const { margin } of positions) expect(Math.abs(Number(margin) / 2500 - 1)).toBeLessThan(0.005);
    const read = { decisions: { some: { cycle: { botId } } } };
    const analyses = await runtime.db.analysis.findMany({ where: read, distinct: ["mode"] });
    expect(analyses.map(({ mode }) => mode)).toEqual(["buy-and-hold"]);
    const bot = await getBot(ports, owned());
    expect(bot.mode).toEqual({ name: "buy-and-hold", title: "Buy and hold", isControl: true });
    expect(bot.settings[1]?.lines[1]?.text).toBe("Invests 50 % of equity, in equal shares");
    const kept = await runtime.db.botSettings.findMany({ where: { botId }, orderBy: { version: "asc" } });
    expect(kept[1]?.settings).toEqual(stored);
  });

  /** The migration only changes data, and only rows in the older form, so it may run again. */
  const migrate = async (): Promise<void> => {
    const folder = new URL("../../../prisma/migrations/20261126233000_overtaken_cycles/", import.meta.url);
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query(await readFile(new URL("migration.sql", folder), "utf8"));
    await owner.end();
  };

  it("a control that a drawdown let only close trades again, which is recorded; no other bot does", async () => {
    const trinity = await fixture.addBot({ mode: "trinity" });
    await nameItHold();
    const { userId, botId } = fixture;
    await runtime.db.bot.updateMany({ where: { userId }, data: { tradingState: "reducing" } });
    for (let times = 0; times < 2; times++) await migrate();
    const bots = await runtime.db.bot.findMany({ where: { userId } });
    expect(new Map(bots.map(({ id, tradingState }) => [id, tradingState]))).toEqual(
      new Map([
        [botId, "active"],
        [trinity, "reducing"],
      ]),
    );
    const activities = await runtime.db.activity.findMany({ where: { userId } });
    expect(activities).toMatchObject([{ botId, kind: "controlResumed" }]);
  });

  it("a slot that was overtaken while it was due ends as stale, and one that may still run stays", async () => {
    await claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run" });
    const { botId } = fixture;
    const slots = [FIRST_SLOT - HOUR_MS, FIRST_SLOT + 2 * HOUR_MS].map((slot) => new Date(slot));
    await runtime.db.cycle.createMany({ data: slots.map((slot) => ({ id: runtime.newId(), botId, slot })) });
    await migrate();
    const cycles = await runtime.db.cycle.findMany({ where: { botId, slot: { in: slots } }, orderBy: { slot: "asc" } });
    expect(cycles).toMatchObject([
      { status: "skipped", skipReason: "stale", endedAt: expect.any(Date) },
      { status: "due", endedAt: null },
    ]);
  });
});
