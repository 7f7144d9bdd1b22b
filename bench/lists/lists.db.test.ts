import { beforeAll, describe, expect, it } from "vitest";
import { openBed, type Bed } from "../../scripts/testing/open-bed";
import { botListInputSchema, type BotListInput, type BotPage } from "../../src/contracts/bot-list";
import type { TradeRow } from "../../src/contracts/bot-detail";
import type { BotRow } from "../../src/contracts/bot-row";
import { BOT_SORTS, ORDERS, TRADE_SORTS } from "../../src/contracts/choices";
import { decimal, sumOf } from "../../src/trading/money";
import { createBooksFixture, type BooksFixture } from "../../src/server/testing/books-fixture";
import { wishToEnter } from "../../src/server/testing/cycle-fixture";
import { interceptStatements } from "../../src/server/testing/intercept-statements";
import { PERMISSIVE, runHours } from "../../src/server/testing/run-hours";
import { getBotTotals } from "../../src/server/views/bots/get-bot-totals";
import { listBots } from "../../src/server/views/bots/list-bots";
import { listAccounts } from "../../src/server/views/accounts/list-accounts";
import { listCycles } from "../../src/server/views/history/list-cycles";
import { listDecisions } from "../../src/server/views/history/list-decisions";
import { listTrades } from "../../src/server/views/history/list-trades";
import { listLedger } from "../../src/server/views/ledger/list-ledger";
import { listActivity } from "../../src/server/views/overview/list-activity";
import { getOverview } from "../../src/server/views/overview/get-overview";
import { fillBots, fillTrades } from "./fill-lists";

const BOTS = 120;
const TRADES = 400;

let bed: Bed;
let fixture: BooksFixture;
let userId: string;
openBed((opened) => (bed = opened));
beforeAll(async () => {
  fixture = await createBooksFixture(bed.runtime, { seed: 3, settings: { risk: PERMISSIVE } });
  ({ userId } = fixture);
  await runHours(fixture, { hours: 12, wish: wishToEnter(fixture) });
  const { accountId } = await bed.runtime.db.bot.findUniqueOrThrow({ where: { id: fixture.botId } });
  await fillBots(bed.database.ownerUrl, { botId: fixture.botId, accountId, userId }, BOTS);
  await fillTrades(bed.database.ownerUrl, fixture.botId, TRADES);
});

const asked = (input: Partial<BotListInput>): BotListInput => botListInputSchema.parse(input);
const readBots = (input: Partial<BotListInput>): Promise<BotPage> =>
  listBots(fixture.ports, { userId, ...asked(input) });

type AnyPage<Item> = {
  readonly items: Item[];
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
};

/** Every page of a list, to its last, and then back to its first. */
const walk = async <Item>(read: (cursor: string | null) => Promise<AnyPage<Item>>) => {
  const there: AnyPage<Item>[] = [];
  let next: string | null = null;
  do {
    const page: AnyPage<Item> = await read(next);
    there.push(page);
    next = page.nextCursor;
  } while (next !== null);
  const back: Item[][] = [];
  let previous = there.at(-1)?.previousCursor ?? null;
  while (previous !== null) {
    const page: AnyPage<Item> = await read(previous);
    back.unshift(page.items);
    previous = page.previousCursor;
  }
  return { rows: there.flatMap(({ items }) => items), back: back.flat(), last: there.at(-1)?.items.length ?? 0 };
};

const VALUES: Partial<Record<BotListInput["sort"], (bot: BotRow) => number>> = {
  equity: ({ equity }) => Number(equity),
  profit: ({ pnl }) => Number(pnl?.total),
  drawdown: ({ drawdown }) => drawdown?.now ?? NaN,
  trades: ({ closedTrades }) => closedTrades,
};

describe("a list of many bots", () => {
  it.each(BOT_SORTS.flatMap((sort) => ORDERS.map((order) => ({ sort, order }))))(
    "sorted by $sort $order has each bot once, ties too, and the same ones on the way back",
    async ({ sort, order }) => {
      const { rows, back, last } = await walk((cursor) => readBots({ sort, order, limit: 50, cursor }));
      expect(new Set(rows.map(({ id }) => id)).size).toBe(BOTS);
      expect(rows).toHaveLength(BOTS);
      expect(last).toBe(BOTS % 50);
      expect(back.map(({ id }) => id)).toEqual(rows.slice(0, BOTS - last).map(({ id }) => id));
      const valueOf = VALUES[sort];
      if (!valueOf) return;
      const values = rows.map(valueOf);
      const sign = order === "asc" ? 1 : -1;
      expect(values).toEqual(values.toSorted((one, other) => sign * (one - other)));
    },
  );

  it("that have no equity yet come last, whichever way it is sorted", async () => {
    const other = await createBooksFixture(bed.runtime);
    const idle = [other.botId, await other.addBot(), await other.addBot()];
    await runHours(other, { hours: 1, wish: wishToEnter(other) });
    for (const order of ORDERS) {
      const read = (cursor: string | null) =>
        listBots(other.ports, { userId: other.userId, ...asked({ sort: "equity", order, limit: 1, cursor }) });
      const { rows, back } = await walk(read);
      expect(rows.map(({ equity }) => equity !== null)).toEqual([true, false, false]);
      expect(rows.map(({ id }) => id).toSorted()).toEqual(idle.toSorted());
      expect(back).toHaveLength(2);
    }
  });

  it("says where a page is among all, and totals of all of them", async () => {
    const first = await readBots({});
    const second = await readBots({ cursor: first.nextCursor });
    expect([first.from, second.from, second.matching]).toEqual([1, 26, BOTS]);
    const { rows } = await walk((cursor) => readBots({ cursor, limit: 50 }));
    const totals = await getBotTotals(fixture.ports, userId);
    expect(totals).toEqual({
      bots: BOTS,
      running: rows.filter(({ status }) => status === "running").length,
      stoppable: rows.filter(({ status }) => status !== "stopped").length,
      openPositions: rows.reduce((sum, { openPositions }) => sum + openPositions, 0),
      currency: "USDT",
      equity: sumOf(rows.map(({ equity }) => decimal(equity ?? NaN))).toFixed(),
      profit: sumOf(rows.map(({ pnl }) => decimal(pnl?.total ?? NaN))).toFixed(),
    });
    expect(totals.stoppable).toBeLessThan(BOTS);
    expect((await getOverview(fixture.ports, userId)).equity).toBe(totals.equity);
  });

  it("is filtered by text in any case, pair, state and mode, with nothing taken for a pattern", async () => {
    const matching = async (input: Partial<BotListInput>) => (await readBots(input)).matching;
    expect(await matching({ text: "BOT 0007" })).toBe(1);
    expect(await matching({ text: "btc/" })).toBe(BOTS);
    expect(await matching({ text: "%" })).toBe(0);
    expect(await matching({ text: "'; DROP TABLE bots; --" })).toBe(0);
    expect(await matching({ status: "stopped" })).toBe(BOTS / 4);
    expect(await matching({ mode: "trinity" })).toBe(BOTS);
    expect(await matching({ mode: "custom" })).toBe(0);
  });

  it("takes no cursor of another sorting or list, nor one that was changed", async () => {
    const { nextCursor } = await readBots({ sort: "equity", order: "desc" });
    const fields = JSON.parse(Buffer.from(nextCursor ?? "", "base64url").toString()) as unknown[];
    const changed = (index: number, value: unknown) =>
      Buffer.from(JSON.stringify(fields.with(index, value))).toString("base64url");
    const strange = ["NaN", "1e308", "Infinity", "1; --", "\0", "\ud800", {}, 1, "__proto__"];
    const cursors = [
      ...strange.map((key) => changed(3, key)),
      ...["x", null, "00000000-0000-0000-0000-00000000000"].map((id) => changed(4, id)),
      changed(2, "sideways"),
      "__proto__",
      "W10",
    ];
    for (const cursor of cursors) {
      await expect(readBots({ sort: "equity", order: "desc", cursor })).rejects.toMatchObject({ code: "invalid" });
    }
    for (const other of [{ sort: "name" as const }, { sort: "equity" as const, order: "asc" as const }]) {
      await expect(readBots({ ...other, cursor: nextCursor })).rejects.toMatchObject({ code: "invalid" });
    }
    const owned = { userId, botId: fixture.botId };
    const ofTrades = listTrades(fixture.ports, owned, { limit: 5, cursor: nextCursor });
    await expect(ofTrades).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("trades of a bot that has many", () => {
  it.each(TRADE_SORTS.flatMap((sort) => ORDERS.map((order) => ({ sort, order }))))(
    "sorted by $sort $order are there once each, ties too, and the same on the way back",
    async ({ sort, order }) => {
      const owned = { userId, botId: fixture.botId };
      const total = await bed.runtime.db.trade.count({ where: { botId: fixture.botId } });
      const { rows, back, last } = await walk((cursor) =>
        listTrades(fixture.ports, owned, { sort, order, limit: 50, cursor }),
      );
      const ids = rows.map(({ positionId }) => positionId);
      expect([new Set(ids).size, rows.length]).toEqual([total, total]);
      expect(back.map(({ positionId }) => positionId)).toEqual(ids.slice(0, total - last));
      const valueOf = {
        closed: (row: TradeRow) => row.exitedAt.getTime(),
        net: ({ pnl }: TradeRow) => Number(pnl.net),
        pair: () => 0,
      }[sort];
      const values = rows.map(valueOf);
      const sign = order === "asc" ? 1 : -1;
      expect(values).toEqual(values.toSorted((one, other) => sign * (one - other)));
    },
  );

  it("are filtered by side and result", async () => {
    const count = async (filter: object) =>
      (
        await walk((cursor) =>
          listTrades(fixture.ports, { userId, botId: fixture.botId }, { limit: 100, cursor, ...filter }),
        )
      ).rows.length;
    const where = { botId: fixture.botId };
    const stored = (more: object) => bed.runtime.db.trade.count({ where: { ...where, ...more } });
    expect(await count({ result: "won" })).toBe(await stored({ realizedPnl: { gt: 0 } }));
    expect(await count({ result: "lost", side: "long" })).toBe(await stored({ realizedPnl: { lt: 0 }, side: "long" }));
    expect(await count({ side: "short" })).toBe(await stored({ side: "short" }));
  });
});

describe("the statements of a page", () => {
  const countOf = async (read: (ports: BooksFixture["ports"]) => Promise<unknown>): Promise<number> => {
    let statements = 0;
    const db = interceptStatements(bed.runtime.db, (_, run) => {
      statements += 1;
      return run();
    });
    await read({ ...fixture.ports, db });
    return statements;
  };

  it("are as many for a user of one bot as for one of very many, and for few trades as for many", async () => {
    const lone = await createBooksFixture(bed.runtime);
    const counts = async (who: { userId: string; botId: string }) => ({
      bots: await countOf((ports) => listBots(ports, { userId: who.userId, ...asked({ sort: "profit" }) })),
      totals: await countOf((ports) => getBotTotals(ports, who.userId)),
      overview: await countOf((ports) => getOverview(ports, who.userId)),
      trades: await countOf((ports) => listTrades(ports, who, { sort: "net", limit: 50 })),
      cycles: await countOf((ports) => listCycles(ports, who, { limit: 50 })),
      decisions: await countOf((ports) => listDecisions(ports, who, { filter: "all", limit: 50 })),
      ledger: await countOf((ports) => listLedger(ports, { ...who, limit: 50 })),
      accounts: await countOf((ports) => listAccounts(ports, who.userId)),
    });
    const many = await counts({ userId, botId: fixture.botId });
    expect(many).toEqual(await counts(lone));
    expect(many).toMatchObject({ bots: 7, totals: 1, trades: 2, cycles: 2, decisions: 2, ledger: 2, accounts: 6 });
    expect(many.overview).toBeLessThan(20);
  });

  it("give the overview no more than twelve bots and fifty notes, with the numbers of all", async () => {
    const overview = await getOverview(fixture.ports, userId);
    expect([overview.bots, overview.lines.length]).toEqual([BOTS, 12]);
    expect(overview.attention.length).toBeLessThanOrEqual(50);
    expect(overview.attentionCount).toBeGreaterThanOrEqual(BOTS / 4);
  });

  it("tell the newest things that happened to very many bots as if each bot were looked at", async () => {
    const tell = async (limit: number) =>
      (await listActivity(fixture.ports, { userId }, limit)).map(({ kind, at, botId, text }) => ({
        kind,
        at,
        botId,
        text,
      }));
    const all = await tell(BOTS * 5);
    expect(new Set(all.map(({ botId }) => botId)).size).toBeGreaterThan(5);
    for (const limit of [1, 5, 40]) expect(await tell(limit)).toEqual(all.slice(0, limit));
  });
});
