import { beforeAll, describe, expect, it } from "vitest";
import { runAlone } from "../../../../scripts/postgres/run-alone";
import { openBed } from "../../../../scripts/testing/open-bed";
import { botRowSchema, type BotRow } from "~/contracts/bot-row";
import { decimal, sumOf } from "~/trading/money";
import { guardBot } from "../../cycle/guard-positions";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { wishToEnter } from "../../testing/cycle-fixture";
import { PERMISSIVE, runHours } from "../../testing/run-hours";
import { botListInputSchema } from "~/contracts/bot-list";
import { getBotTotals } from "./get-bot-totals";
import { listBotRows, listBots } from "./list-bots";

let runtime: Runtime;
let tables: string;
openBed((bed) => {
  runtime = bed.runtime;
  tables = bed.database.ownerUrl;
});

const HOURS = 52;
/** Half to even, as every amount of money is posted. */
const MONEY_ROUNDING = 6;
const LAST = FIRST_SLOT + (HOURS - 1) * HOUR_MS;

const rowOf = async (fixture: BooksFixture): Promise<BotRow> => {
  const [row] = await listBotRows(fixture.ports, { userId: fixture.userId, botIds: [fixture.botId] });
  return botRowSchema.parse(row);
};

/** Equity by the ledger and the stored marks, by a way of its own. */
const equityByLedger = async ({ botId }: BooksFixture): Promise<string> => {
  const held = await runtime.db.ledgerEntry.findMany({ where: { botId, account: { in: ["cash", "margin"] } } });
  const open = await runtime.db.position.findMany({ where: { botId, closedAt: null } });
  const moves = open.map(({ side, mark, entryPrice, quantity }) =>
    mark
      .minus(entryPrice)
      .times(quantity)
      .times(side === "long" ? 1 : -1)
      .toDecimalPlaces(8, MONEY_ROUNDING),
  );
  return sumOf([...held.map(({ amount }) => amount), ...moves].map((value) => decimal(value.toFixed()))).toFixed();
};

describe("the row of a bot that traded for days and holds a position", () => {
  let fixture: BooksFixture;
  let row: BotRow;
  beforeAll(async () => {
    fixture = await createBooksFixture(runtime, { seed: 3, settings: { risk: PERMISSIVE } });
    await runHours(fixture, { hours: HOURS, wish: wishToEnter(fixture) });
    row = await rowOf(fixture);
  });

  it("adds up: equity is the ledger's, total = equity - allotment = closed net + unrealised - open fees", async () => {
    expect(row.openPositions).toBe(1);
    expect(row.closedTrades).toBe(await runtime.db.trade.count({ where: { botId: fixture.botId } }));
    expect(row.closedTrades).toBeGreaterThan(5);
    expect(row.equity).toBe(await equityByLedger(fixture));
    const point = await runtime.db.equityPoint.findFirstOrThrow({
      where: { botId: fixture.botId },
      orderBy: { at: "desc" },
    });
    expect([row.equity, row.equityAt]).toEqual([point.equity.toFixed(), point.at]);
    const { total = "", closed, unrealized = "", openRealized = "", openFees = "", openFunding = "" } = row.pnl ?? {};
    expect(total).toBe(
      decimal(row.equity ?? 0)
        .minus(row.allotment)
        .toFixed(),
    );
    expect(total).toBe(
      decimal(closed?.net ?? NaN)
        .plus(unrealized)
        .plus(openRealized)
        .minus(openFees)
        .plus(openFunding)
        .toFixed(),
    );
    const { gross = "", slippage = "", fees = "", funding = "", net } = closed ?? {};
    expect(net).toBe(decimal(gross).minus(slippage).minus(fees).plus(funding).toFixed());
    expect(decimal(openFees).gt(0)).toBe(true);
  });

  it("draws at most 48 values over all its time, oldest first, ending with its equity", async () => {
    const points = await runtime.db.equityPoint.findMany({ where: { botId: fixture.botId }, orderBy: { at: "asc" } });
    const all = points.map(({ equity }) => equity.toFixed());
    expect(row.sparkline).toHaveLength(48);
    expect([row.sparkline[0], row.sparkline.at(-1)]).toEqual([all[0], row.equity]);
    const steps = Array.from({ length: 48 }, (_, index) => all[Math.floor((index * (HOURS - 1)) / 47)]);
    expect(row.sparkline).toEqual(steps);
  });

  it("measures drawdown from the peaks of its points, now and at most", async () => {
    const points = await runtime.db.equityPoint.findMany({ where: { botId: fixture.botId }, orderBy: { at: "asc" } });
    const falls = points.map(({ equity, peak }) => peak.minus(equity).div(peak).toNumber());
    expect(row.drawdown?.now).toBeCloseTo(falls.at(-1) ?? NaN, 12);
    expect(row.drawdown?.max).toBeCloseTo(Math.max(...falls), 12);
    expect(row.drawdown?.max).toBeGreaterThan(0);
  });

  it("says what refused how often, its last cycle and its next slot", async () => {
    const refused = await runtime.db.verdict.count({ where: { rule: "pair-is-free" } });
    expect(row.refusals).toEqual([{ rule: "pair-is-free", count: refused }]);
    expect(row.lastCycle).toMatchObject({ slot: new Date(LAST), status: "done", skipReason: null });
    expect(row.nextSlot).toEqual(new Date(LAST + HOUR_MS));
    expect(row.statusReason).toBeNull();
    // The most frequent comes first, also before one whose name does.
    await runAlone(
      tables,
      `INSERT INTO refusal_counts SELECT bot_id, 'cash', 1 FROM refusal_counts;
      UPDATE refusal_counts SET refusals = refusals - 1 WHERE rule = 'pair-is-free'`,
    );
    expect((await rowOf(fixture)).refusals).toEqual([
      { rule: "pair-is-free", count: refused - 1 },
      { rule: "cash", count: 1 },
    ]);
    // And no more than five.
    const values = ["a", "b", "c", "d"].map((rule) => `('${fixture.botId}', '${rule}', 1)`);
    await runAlone(tables, `INSERT INTO refusal_counts VALUES ${values.join()}`);
    const { refusals } = await rowOf(fixture);
    expect(refusals.map(({ rule }) => rule)).toEqual(["pair-is-free", "a", "b", "c", "cash"]);
  });

  it("still adds up when the guard closed its position after the last point", async () => {
    const fallen = (fixture.market.candles.get("BTC/USDT") ?? []).map((candle) => {
      if (candle.openTime < LAST) return candle;
      const { open, high, low, close } = candle;
      return { ...candle, open: open * 0.9, high: high * 0.9, low: low * 0.9, close: close * 0.9 };
    });
    fixture.market.candles.set("BTC/USDT", fallen);
    fixture.setTime(LAST + 900_000);
    expect(await guardBot(fixture.ports, { botId: fixture.botId, settingsVersion: 1 })).toBe(1);
    const after = await rowOf(fixture);
    expect(after).toMatchObject({ openPositions: 0, closedTrades: row.closedTrades + 1 });
    expect(after.pnl).toMatchObject({ unrealized: "0", openFees: "0", total: after.pnl?.closed.net });
    expect(after.equity).toBe(await equityByLedger(fixture));
    expect(after.equityAt?.getTime()).toBeGreaterThanOrEqual(LAST);
    expect(after.drawdown?.now).toBeGreaterThan(row.drawdown?.now ?? NaN);
  });
});

describe("a bot without a cycle", () => {
  it("has no equity, no result and no drawdown: they are unknown, not zero", async () => {
    const fixture = await createBooksFixture(runtime);
    expect(await rowOf(fixture)).toMatchObject({
      equity: null,
      equityAt: null,
      pnl: null,
      drawdown: null,
      lastCycle: null,
      refusals: [],
      sparkline: [],
      allotment: "10000",
      openPositions: 0,
      closedTrades: 0,
      nextSlot: new Date(FIRST_SLOT),
    });
  });
});

describe("why a bot does not trade", () => {
  let fixture: BooksFixture;
  beforeAll(async () => {
    fixture = await createBooksFixture(runtime);
  });

  it.each([
    [{ status: "paused" }, "It is paused: it opens nothing until it is resumed, and closes by its rules."],
    [
      { status: "stopped", stoppedReason: "user" },
      "It is stopped: it decides nothing until it is resumed; stops and targets still hold.",
    ],
    [
      { status: "running", stoppedReason: null, tradingState: "halted" },
      "It is halted: its cycles are skipped; stops and targets still hold.",
    ],
    [{ tradingState: "reducing" }, "It only closes positions."],
    [{ tradingState: "active" }, null],
  ] as const)("%j: %s", async (data, reason) => {
    await runtime.db.bot.update({ where: { id: fixture.botId }, data });
    expect((await rowOf(fixture)).statusReason).toBe(reason);
  });

  it("names a market that is not running before anything that a bot was told", async () => {
    await runtime.db.venue.update({ where: { id: fixture.venueId }, data: { archivedAt: new Date() } });
    expect((await rowOf(fixture)).statusReason).toBe("Its market is not running.");
  });

  it("names the end of the pause that a run of losses brought", async () => {
    const risk = { ...PERMISSIVE, consecutiveLossesMax: 2, lossPauseHours: 12 };
    const losing = await createBooksFixture(runtime, { seed: 3, settings: { risk } });
    await runHours(losing, { hours: 40, wish: wishToEnter(losing) });
    const trades = await runtime.db.trade.findMany({ where: { botId: losing.botId }, orderBy: { exitedAt: "asc" } });
    const second = trades.findIndex(
      ({ realizedPnl }, index) => index > 0 && realizedPnl.lt(0) && trades[index - 1]?.realizedPnl.lt(0),
    );
    const until = (trades[second]?.exitedAt.getTime() ?? NaN) + 12 * HOUR_MS;
    losing.setTime(until - 1);
    const text = new Date(until).toISOString().slice(0, 16).replace("T", " ");
    expect((await rowOf(losing)).statusReason).toBe(`No entries until ${text} UTC: 2 losses in a row.`);
  });
});

it("a stranger's list is empty, one's own has each bot once, oldest first", async () => {
  const fixture = await createBooksFixture(runtime);
  const first = botListInputSchema.parse({});
  const list = async (userId: string) =>
    (await listBots(fixture.ports, { userId, ...first })).items.map(({ id }) => id);
  expect(await list(runtime.newId())).toEqual([]);
  const second = await fixture.addBot();
  expect(await list(fixture.userId)).toEqual([fixture.botId, second]);
  const asked = { userId: runtime.newId(), botIds: [fixture.botId, runtime.newId()] };
  expect(await listBotRows(fixture.ports, asked)).toEqual([]);
  expect(await getBotTotals(fixture.ports, asked.userId)).toMatchObject({ bots: 0, equity: null });
});
