import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { EXPORT_KINDS, exportQuerySchemas, type ExportKind } from "~/contracts/export-query";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { requireOwnBot } from "../tenant/find-own";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import type { Cells } from "./columns";
import { readExport, SOURCES } from "./read-export";

let runtime: Runtime;
let fixture: BooksFixture;

openBed((bed) => ({ runtime } = bed));

const live = async (hour: number): Promise<void> => {
  const cycle = await claimSlot(fixture, FIRST_SLOT + hour * HOUR_MS, { holder: `run-${hour}` });
  for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
};

beforeAll(async () => {
  fixture = await createBooksFixture(runtime, { seed: 3 });
  for (let hour = 0; hour < 30; hour++) await live(hour);
});

type Filters = Readonly<Record<string, string>>;

const pagesOf = async (kind: ExportKind, filters: Filters = {}, bot = fixture.botId) => {
  const query = exportQuerySchemas[kind].parse({ bot, ...filters });
  const botId = await requireOwnBot(runtime.db, { userId: fixture.userId, botId: bot });
  return readExport(runtime, { source: SOURCES[kind], botId, query, currency: "usdt" });
};
const rowsOf = async (kind: ExportKind, filters: Filters = {}): Promise<Cells[]> => {
  const rows: Cells[] = [];
  for await (const page of await pagesOf(kind, filters)) rows.push(...page);
  return rows;
};
const columnOf = (kind: ExportKind, name: string): number =>
  SOURCES[kind].columns("usdt").findIndex((column) => column.name === name);

/** Lines of one transaction each, which the ledger takes only as sums of zero. */
const post = async (from: number, count: number): Promise<void> => {
  await runtime.db.$executeRaw`
    INSERT INTO ledger_entries (transaction_id, bot_id, account, currency, amount, posted_at)
    SELECT 'test:' || n, ${fixture.botId}::uuid, a::"LedgerAccount", 'USDT', CASE a WHEN 'cash' THEN -1 ELSE 1 END * n,
      ${new Date(FIRST_SLOT)}::timestamptz
    FROM generate_series(${from}::int, ${from + count - 1}::int) n, unnest(ARRAY['cash', 'fees']) a`;
};

describe("an export", () => {
  it("of each kind has each of a bot's rows once, oldest first", async () => {
    const { botId } = fixture;
    const [trades, fills, ledger, equity, decisions] = await Promise.all([
      runtime.db.trade.count({ where: { botId } }),
      runtime.db.fill.count({ where: { position: { botId } } }),
      runtime.db.ledgerEntry.count({ where: { botId } }),
      runtime.db.equityPoint.count({ where: { botId } }),
      runtime.db.decision.count({ where: { cycle: { botId } } }),
    ]);
    const expected = { trades, fills, ledger, equity, decisions };
    for (const kind of EXPORT_KINDS) {
      const rows = await rowsOf(kind);
      expect(rows, kind).toHaveLength(expected[kind]);
      expect(rows.length, kind).toBeGreaterThan(0);
      expect(new Set(rows.map((cells) => JSON.stringify(cells))).size, kind).toBe(rows.length);
      expect(rows[0], kind).toHaveLength(SOURCES[kind].columns("usdt").length);
    }
    const times = (await rowsOf("equity")).map((cells) => cells[0] ?? "");
    expect(times).toEqual(times.toSorted());
  });

  it("has amounts with all their digits and times as ISO", async () => {
    const [first] = await rowsOf("ledger");
    const entry = await runtime.db.ledgerEntry.findFirstOrThrow({
      where: { botId: fixture.botId },
      orderBy: { id: "asc" },
    });
    expect(first?.[columnOf("ledger", "amount")]).toBe(entry.amount.toFixed());
    expect(first?.[columnOf("ledger", "posted_at_utc")]).toBe(entry.postedAt.toISOString());
  });

  it("has what its filters say, and nothing else", async () => {
    const [from, to] = [FIRST_SLOT + 3 * HOUR_MS, FIRST_SLOT + 6 * HOUR_MS].map((time) => new Date(time).toISOString());
    const times = (await rowsOf("equity", { from: from ?? "", to: to ?? "" })).map((cells) => cells[0]);
    expect(times).toEqual([3, 4, 5].map((hour) => new Date(FIRST_SLOT + hour * HOUR_MS).toISOString()));
    expect(await rowsOf("trades", { pair: "ETH/USDT" })).toEqual([]);
    expect((await rowsOf("fills", { pair: "BTC/USDT" })).length).toBe((await rowsOf("fills")).length);
    const accounts = (await rowsOf("ledger", { account: "realizedPnl" })).map(
      (cells) => cells[columnOf("ledger", "account")],
    );
    expect(new Set(accounts)).toEqual(new Set(["realized-pnl"]));
    const outcomes = (await rowsOf("decisions", { filter: "refused" })).map(
      (cells) => cells[columnOf("decisions", "gate_outcome")],
    );
    expect(outcomes.every((outcome) => outcome === "rejected")).toBe(true);
  });

  it("over many pages doubles and misses nothing while the bot trades", async () => {
    await post(1, 2500);
    const before = await runtime.db.ledgerEntry.findMany({ where: { botId: fixture.botId }, orderBy: { id: "asc" } });
    const ids: (string | null | undefined)[] = [];
    let page = 0;
    for await (const cells of await pagesOf("ledger")) {
      ids.push(...cells.map(([id]) => id));
      await post(10_000 + page++ * 10, 10);
    }
    expect(page).toBeGreaterThan(4);
    expect(ids).toEqual(before.map(({ id }) => id.toString()));
  });

  it("pages through rows of one time", async () => {
    const at = new Date(FIRST_SLOT + 50 * HOUR_MS);
    await runtime.db.$executeRaw`
      INSERT INTO cycles (id, bot_id, slot, status, settings_version, planned_at, started_at, ended_at)
      SELECT uuidv7(), ${fixture.botId}::uuid, ${at}::timestamptz + n * interval '1 minute', 'done', 1, ${at}, ${at}, ${at}
      FROM generate_series(1, 2300) n`;
    await runtime.db.$executeRaw`
      INSERT INTO decisions (id, cycle_id, market_id, sequence, action, score, reason_code, reason_text)
      SELECT uuidv7(), c.id, (SELECT min(id) FROM markets), 1, 'hold', 0.5, 'test', 'test'
      FROM cycles c WHERE c.bot_id = ${fixture.botId}::uuid AND c.slot > ${at}`;
    const ids = (await rowsOf("decisions")).map(([id]) => id);
    expect(ids).toHaveLength(await runtime.db.decision.count({ where: { cycle: { botId: fixture.botId } } }));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("of a bot without anything has no row", async () => {
    const pages = await pagesOf("trades", {}, await fixture.addBot());
    expect((await pages.next()).done).toBe(true);
  });
});
