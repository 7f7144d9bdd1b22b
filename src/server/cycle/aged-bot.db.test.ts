import { beforeAll, describe, expect, it } from "vitest";
import { runAlone } from "../../../scripts/postgres/run-alone";
import { openBed } from "../../../scripts/testing/open-bed";
import { appRouter } from "../api/root";
import { auditBot } from "../books/audit-bot";
import { loadBotBooks } from "../books/bot-books";
import { checkBotInvariants } from "../books/check-bot-invariants";
import type { Runtime } from "../runtime";
import { agingSql, countRowsRead, pastCandlesSql, settleSql } from "../testing/age-bot";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { pageQueriesOf } from "../testing/page-queries";
import { PERMISSIVE } from "../testing/run-hours";
import { guardBot } from "./guard-positions";

const HOURS = 6;
const PAST = { postings: 25_000, points: 50_000, trades: 10_000 };
/** Of a page's query: a chart looks up 600 points and the candles at each. What grows with age read ten times as many. */
const PAGE_ROWS_MAX = 6000;
/** A preview trades candles of its market, which are no bot's: so many of each of the timeframes that it may be told in. */
const PREVIEW_ROWS_MAX = 12_000;

let runtime: Runtime;
let ownerUrl: string;
let fixture: BooksFixture;
let bots: { readonly first: string; readonly young: string; readonly aged: string };
// One connection: what it read is all that was read.
openBed(
  (bed) =>
    ({
      runtime,
      database: { ownerUrl },
    } = bed),
  { poolMax: 1 },
);
beforeAll(async () => {
  fixture = await createBooksFixture(runtime, { seed: 3, settings: { risk: PERMISSIVE } });
  bots = { first: fixture.botId, young: await fixture.addBot(), aged: await fixture.addBot() };
  const { id: marketId } = await runtime.db.market.findFirstOrThrow({ where: { venueId: fixture.venueId } });
  await runAlone(ownerUrl, agingSql({ botId: bots.aged, marketId }, PAST));
  for (const sql of [pastCandlesSql(marketId, PAST.trades), ...settleSql]) await runAlone(ownerUrl, sql);
});

type Reads = Record<string, number>;

const rowsReadBy = async (work: () => Promise<unknown>): Promise<number> => {
  const before = await countRowsRead(runtime.db);
  await work();
  return (await countRowsRead(runtime.db)) - before;
};

/** Runs a slot of one bot, then guards and audits it. The rows that each of it read. */
const live = async (botId: string, slot: number): Promise<Reads> => {
  const { ports } = fixture;
  const cycle = await claimSlot(fixture, slot, { holder: `run-${botId}`, botId });
  const reads: Reads = {};
  for (const { name, run } of stagesOf(fixture, wishToEnter(fixture))) reads[name] = await rowsReadBy(() => run(cycle));
  reads["guard"] = await rowsReadBy(() => guardBot(ports, { botId, settingsVersion: 1 }));
  const bot = { botId, settingsVersion: 1, at: slot };
  const isFirst = slot === FIRST_SLOT;
  const audited = await rowsReadBy(async () =>
    // Also shows that what came since was enough to find the books sound.
    expect(await auditBot(ports, bot, false)).toEqual({ broken: [], isWhole: isFirst }),
  );
  if (!isFirst) reads["audit"] = audited;
  return reads;
};

const sumOf = (lived: readonly Reads[], name: string): number =>
  lived.reduce((sum, reads) => sum + (reads[name] ?? 0), 0);

describe("a bot aged by 100,000 ledger lines and cycles, 50,000 points, 10,000 trades and refusals", () => {
  it("reads no more rows in a cycle, a guard and an audit than a young one", async () => {
    expect((await loadBotBooks(runtime.db, bots.aged)).kept.balances).toEqual(
      (await loadBotBooks(runtime.db, bots.young)).kept.balances,
    );
    const lived: Record<"young" | "aged", Reads[]> = { young: [], aged: [] };
    for (let hour = 0; hour < HOURS; hour += 1) {
      const slot = FIRST_SLOT + hour * HOUR_MS;
      // The first to come fetches the candles that all of them read, and the later one finds more rows of others.
      await live(bots.first, slot);
      for (const bot of hour % 2 ? (["young", "aged"] as const) : (["aged", "young"] as const)) {
        lived[bot].push(await live(bots[bot], slot));
      }
    }
    const closed = (botId: string) =>
      runtime.db.trade.count({ where: { botId, exitedAt: { gte: new Date(FIRST_SLOT) } } });
    expect(await closed(bots.aged)).toBe(await closed(bots.young));
    expect(await closed(bots.aged)).toBeGreaterThan(1);
    for (const name of Object.keys(lived.young.at(-1) ?? {})) {
      const [young, aged] = [sumOf(lived.young, name), sumOf(lived.aged, name)];
      expect(young, name).toBeGreaterThan(HOURS);
      // A few rows are the whims of plans, not age.
      expect(aged, `${name}, of a young bot ${young}`).toBeLessThan(1.2 * young + 10 * HOURS);
      expect(aged, name).toBeLessThan(1500 * HOURS);
    }
    const at = FIRST_SLOT + (HOURS - 1) * HOUR_MS;
    expect(await checkBotInvariants(fixture.ports, { botId: bots.aged, settingsVersion: 1, at })).toEqual([]);
  });

  it("is shown by pages that read a bounded number of rows, whatever they ask", async () => {
    const queries = await pageQueriesOf(fixture.ports, fixture.userId, { botId: bots.aged, pair: "BTC/USDT" });
    const asked = new Set(Object.keys(queries).map((name) => name.split(/[ ,]/)[0] ?? ""));
    const procedures: Readonly<Record<string, { _def: { type: string } }>> = appRouter._def.procedures as never;
    const all = Object.entries(procedures).filter(([, { _def }]) => _def.type === "query");
    expect([...asked].toSorted()).toEqual(all.map(([name]) => name).toSorted());
    const reads: Reads = {};
    for (const [name, query] of Object.entries(queries)) reads[name] = await rowsReadBy(query);
    const maxOf = (name: string): number => (name === "markets.candles" ? PREVIEW_ROWS_MAX : PAGE_ROWS_MAX);
    expect(Object.entries(reads).filter(([name, rows]) => rows > maxOf(name))).toEqual([]);
  });

  it("is checked back to its first order, a part of its orders after another", async () => {
    const at = FIRST_SLOT + (HOURS - 1) * HOUR_MS;
    const check = () => checkBotInvariants(fixture.ports, { botId: bots.aged, settingsVersion: 1, at });
    expect(await check()).toEqual([]);
    const change = (table: string, set: string, time: string): string =>
      `UPDATE ${table} SET ${set} WHERE bot_id = '${bots.aged}' AND ${time} = (SELECT min(${time}) FROM ${table} WHERE bot_id = '${bots.aged}')`;
    const changes = [
      change("positions", "entry_price = 101", "opened_at"),
      change("order_intents", "leverage = 50", "intended_at"),
    ];
    await runAlone(ownerUrl, `SET session_replication_role = replica; ${changes.join(";")}`);
    expect((await check()).map(({ invariant }) => invariant)).toEqual(["I3", "I9"]);
  });
});
