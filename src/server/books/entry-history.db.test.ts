import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../scripts/testing/test-database";
import { viewHistory } from "~/trading/cycle/entry-history";
import { createDatabase, type Database } from "../db/client";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { loadPastEvents } from "./entry-history";

const [BTC, ETH] = ["BTC/USDT", "ETH/USDT"];
const SLOT = FIRST_SLOT + 12 * HOUR_MS;
const DAY_MS = 86_400_000;
const RISK = { consecutiveLossesMax: 2, lossPauseHours: 24 };

let database: TestDatabase;
let runtime: Runtime;
let owner: Database;
let fixture: BooksFixture;
let marketIds: ReadonlyMap<string, number>;
let botId: string;
openBed((bed) => ({ database, runtime } = bed));
beforeAll(async () => {
  owner = createDatabase({ url: database.ownerUrl });
  fixture = await createBooksFixture(runtime, { pairs: [BTC, ETH], settings: { risk: RISK } });
  // Trades are planted alone: what is kept of them is kept all the same.
  await owner.$executeRawUnsafe("ALTER TABLE trades ENABLE ALWAYS TRIGGER trades_keep_totals");
  const markets = await runtime.db.market.findMany({ where: { venueId: fixture.venueId } });
  marketIds = new Map(markets.map(({ pair, id }) => [pair, id]));
});
afterAll(() => owner.$disconnect());
beforeEach(async () => {
  botId = await fixture.addBot();
});

const marketId = (pair: string): number => marketIds.get(pair) ?? 0;
/** Lets the tables' owner write rows without their parents, so that a test plants only what the history reads. */
const ALONE = () => owner.$executeRawUnsafe("SET LOCAL session_replication_role = replica");

type PlantedTrade = readonly [pair: string, exitedAt: number, exitReason: string, realizedPnl: number];
const plantTrades = (trades: readonly PlantedTrade[]) =>
  owner.$transaction([
    ALONE(),
    ...trades.map(([pair, exitedAt, exitReason, net]) =>
      owner.trade.create({
        data: {
          positionId: runtime.newId(),
          botId,
          marketId: marketId(pair),
          side: "long",
          quantity: 1,
          entryPrice: 100,
          exitPrice: 100 + net,
          enteredAt: new Date(exitedAt - HOUR_MS),
          exitedAt: new Date(exitedAt),
          grossPnl: net,
          fees: 0,
          funding: 0,
          slippage: 0,
          realizedPnl: net,
          exitReason,
        },
      }),
    ),
  ]);

type PlantedEntry = {
  pair?: string;
  at: number;
  status: "filled" | "pending" | "rejected" | "expired";
  candle?: number;
};
const plantEntries = (entries: readonly PlantedEntry[]) =>
  owner.$transaction([
    ALONE(),
    ...entries.map(({ pair = BTC, at, status, candle }) => {
      const id = runtime.newId();
      const filledQuantity = status === "filled" ? 1 : 0;
      return owner.orderIntent.create({
        data: {
          id,
          botId,
          decisionId: runtime.newId(),
          marketId: marketId(pair),
          clientOrderId: id.replaceAll("-", ""),
          purpose: "entry",
          kind: "market",
          side: "buy",
          positionSide: "long",
          quantity: 1,
          leverage: 1,
          stopLoss: 90,
          decidedCandle: new Date(candle ?? at - HOUR_MS),
          intendedAt: new Date(at),
          orders: {
            create: {
              id: runtime.newId(),
              accountId: runtime.newId(),
              clientOrderId: id.replaceAll("-", ""),
              status,
              quantity: 1,
              filledQuantity,
            },
          },
        },
      });
    }),
  ]);

const historyOf = async (pair: string, decidedCandle: number | null = null, slot = SLOT) => {
  const { settings } = await fixture.ports.contexts(botId, 1);
  const decided = [{ marketId: marketId(pair), decidedCandle }];
  const past = await loadPastEvents(runtime.db, botId, { slot, limits: settings.risk, asksResults: true, decided });
  return viewHistory(past, { time: slot, limits: settings.risk })(marketId(pair), decidedCandle);
};

it("how trades ended is read where it is asked for: of 90 days, by their exits, exactly", async () => {
  await plantTrades([
    [BTC, SLOT - 90 * DAY_MS - 1, "exit-rsi", 9],
    [BTC, ago(1), "exit-rsi", -0.25],
    [ETH, SLOT - 90 * DAY_MS, "exit-rsi", 1],
  ]);
  const asked = { slot: SLOT, limits: { ...RISK }, decided: [] };
  const { results } = await loadPastEvents(runtime.db, botId, { ...asked, asksResults: true });
  expect(results).toEqual([
    { marketId: marketId(ETH), exitedAt: SLOT - 90 * DAY_MS, realizedPnl: "1", notional: "100" },
    { marketId: marketId(BTC), exitedAt: ago(1), realizedPnl: "-0.25", notional: "100" },
  ]);
  expect((await loadPastEvents(runtime.db, botId, { ...asked, asksResults: false })).results).toEqual([]);
});

const ago = (hours: number): number => SLOT - hours * HOUR_MS;

describe("losses in a row", () => {
  it("are counted in the order of the exits, however the trades were written", async () => {
    // By their exits: a loss, a win, a loss. As they were written: two losses first.
    await plantTrades([
      [BTC, ago(1), "stop-loss", -1],
      [BTC, ago(3), "stop-loss", -1],
      [BTC, ago(2), "take-profit", 1],
    ]);
    expect((await historyOf(BTC)).lossPauseUntil).toBeNull();
    await plantTrades([[BTC, SLOT, "stop-loss", -1]]);
    expect((await historyOf(BTC)).lossPauseUntil).toBe(SLOT + 24 * HOUR_MS);
    // A win that is learnt of late lies between them.
    await plantTrades([[ETH, ago(0.5), "take-profit", 1]]);
    expect((await historyOf(BTC)).lossPauseUntil).toBeNull();
  });

  it("count however long they lie apart, also in groups, and pause no longer than the limits say", async () => {
    await plantTrades([
      [BTC, SLOT - 91 * DAY_MS, "stop-loss", -1],
      [ETH, ago(24) + 1, "exit-rsi", -1],
      [BTC, ago(2), "exit-rsi", -1],
    ]);
    expect((await historyOf(BTC)).lossPauseUntil).toBe(SLOT + 1);
    expect((await historyOf(BTC, null, SLOT + 1)).lossPauseUntil).toBeNull();
    await plantTrades([[BTC, ago(1), "exit-rsi", -1]]);
    expect((await historyOf(BTC)).lossPauseUntil).toBe(ago(1 - 24));
  });

  it("of one instant are counted in the order of the markets", async () => {
    const [first, second] = [BTC, ETH].toSorted((a, b) => marketId(a) - marketId(b)) as [string, string];
    await plantTrades([
      [BTC, ago(2), "stop-loss", -1],
      [second, ago(1), "stop-loss", -1],
      [first, ago(1), "take-profit", 1],
    ]);
    expect((await historyOf(BTC)).lossPauseUntil).toBeNull();
  });
});

describe("the last stop of a pair", () => {
  it("is a stop or a liquidation, the newest of the pair itself, and no exit of another kind", async () => {
    await plantTrades([
      [BTC, ago(3), "liquidation", -1],
      [BTC, ago(5), "stop-loss", -1],
      [BTC, ago(2), "take-profit", 1],
      [BTC, ago(1), "exit-rsi", -1],
      [ETH, ago(4), "stop-loss", 1],
    ]);
    expect((await historyOf(BTC)).lastStopAt).toBe(ago(3));
    expect((await historyOf(ETH)).lastStopAt).toBe(ago(4));
  });

  it("is none where a pair never had one, or had it 90 days ago", async () => {
    await plantTrades([
      [BTC, SLOT - 90 * DAY_MS - 1, "stop-loss", -1],
      [ETH, SLOT - 90 * DAY_MS, "stop-loss", -1],
    ]);
    expect((await historyOf(BTC)).lastStopAt).toBeNull();
    expect((await historyOf(ETH)).lastStopAt).toBe(SLOT - 90 * DAY_MS);
  });
});

describe("the entries of a UTC day", () => {
  it("begin with the one at midnight, in any pair; the one a moment before is of the day before", async () => {
    await plantEntries([
      { at: FIRST_SLOT - 1, status: "filled" },
      { at: FIRST_SLOT, status: "filled" },
      { at: ago(1), status: "filled", pair: ETH },
    ]);
    expect((await historyOf(BTC)).entriesToday).toBe(2);
    expect((await historyOf(BTC, null, FIRST_SLOT - HOUR_MS)).entriesToday).toBe(3);
  });

  it("count what was sent or will be, not what was rejected or has expired", async () => {
    await plantEntries([
      { at: ago(1), status: "filled" },
      { at: ago(2), status: "pending" },
      { at: ago(3), status: "rejected" },
      { at: ago(4), status: "expired" },
    ]);
    expect((await historyOf(BTC)).entriesToday).toBe(2);
  });
});

it("a decision candle is used up by an entry in its own pair, also by one that was refused or has expired", async () => {
  await plantEntries([
    { at: ago(1), status: "expired", candle: ago(2) },
    { at: ago(3), status: "rejected", candle: ago(4) },
    { at: ago(5), status: "filled", candle: ago(6) },
  ]);
  const used = [2, 3, 4, 6].map(async (hours) => (await historyOf(BTC, ago(hours))).hasEnteredThisCandle);
  expect(await Promise.all(used)).toEqual([true, false, true, true]);
  expect((await historyOf(ETH, ago(2))).hasEnteredThisCandle).toBe(false);
});
