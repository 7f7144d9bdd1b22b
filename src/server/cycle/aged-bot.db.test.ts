import { beforeAll, expect, it } from "vitest";
import { runAlone } from "../../../scripts/postgres/run-alone";
import { openBed } from "../../../scripts/testing/open-bed";
import { loadBotBooks } from "../books/bot-books";
import type { Runtime } from "../runtime";
import { agingSql, countRowsRead } from "../testing/age-bot";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { PERMISSIVE } from "../testing/run-hours";
import { loadBotFacts } from "../views/bots/load-bot-facts";
import { loadEquityCurve } from "../views/history/equity-curve";
import { loadFirstSlot } from "../views/history/first-slot";
import { getLedgerBalances } from "../views/ledger/get-ledger-balances";
import { listLedger } from "../views/ledger/list-ledger";
import { guardBot } from "./guard-positions";

const HOURS = 6;

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
  const past = { postings: 50_000, points: 50_000, trades: 10_000 };
  await runAlone(ownerUrl, agingSql({ botId: bots.aged, marketId }, past));
});

type Reads = Record<string, number>;

/** Runs a slot of one bot, then looks as its pages and the guard do. The rows that each of it read. */
const live = async (botId: string, slot: number): Promise<Reads> => {
  const { ports, userId } = fixture;
  const cycle = await claimSlot(fixture, slot, { holder: `run-${botId}`, botId });
  const reads: Reads = {};
  const measure = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const before = await countRowsRead(runtime.db);
    await work();
    reads[name] = (await countRowsRead(runtime.db)) - before;
  };
  for (const { name, run } of stagesOf(fixture, wishToEnter(fixture))) await measure(name, () => run(cycle));
  await measure("guard", () => guardBot(ports, { botId, settingsVersion: 1 }));
  const owned = { userId, botId };
  await measure("row", () => loadBotFacts(ports, owned, 48));
  await measure("curve", () => loadEquityCurve(ports.db, botId));
  await measure("first slot", () => loadFirstSlot(ports, botId));
  await measure("balances", () => getLedgerBalances(ports, owned));
  await measure("ledger", () => listLedger(ports, { ...owned, limit: 2 }));
  await measure("deposits", () => listLedger(ports, { ...owned, limit: 2, account: "capital" }));
  return reads;
};

const sumOf = (lived: readonly Reads[], name: string): number =>
  lived.reduce((sum, reads) => sum + (reads[name] ?? 0), 0);

it("a bot aged by 100,000 ledger lines, 50,000 points and 10,000 trades reads no more rows than a young one", async () => {
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
  for (const name of Object.keys(lived.young[0] ?? {})) {
    const [young, aged] = [sumOf(lived.young, name), sumOf(lived.aged, name)];
    expect(young, name).toBeGreaterThan(HOURS);
    // A few rows are the whims of plans, not age.
    expect(aged, `${name}, of a young bot ${young}`).toBeLessThan(1.2 * young + 10 * HOURS);
    expect(aged, name).toBeLessThan(1500 * HOURS);
  }
});
