import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { openDemoSource } from "../../scripts/start/demo-source";
import { openBed, type Bed } from "../../scripts/testing/open-bed";
import { auditBots } from "./audit-bots";
import { botKinds } from "./bot-kinds";
import { chooseOpening } from "./choose-opening";
import { cloneBots } from "./clone-bots";
import { readCloses } from "./find-decided";
import { createStepped, liveOriginals, withSteppedProduct } from "./live-originals";

let bed: Bed;
openBed((opened) => (bed = opened));

const COPIES = 2;
const source = await openDemoSource({ candles: null, start: null, speed: 1, historyDays: 0 });
const opening = chooseOpening(source.library, 2);
const kinds = botKinds(opening.held).filter(
  ({ group, settings }, index, all) =>
    all.findIndex((other) => other.group === group && other.settings.mode === settings.mode) === index,
);

const countByName = async (where: string): Promise<Record<string, number>> => {
  const rows = await bed.runtime.db.$queryRawUnsafe<{ name: string; count: number }[]>(
    `SELECT b.name, count(*)::int AS count FROM bots b WHERE ${where} GROUP BY b.name`,
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
};

beforeAll(async () => {
  const { url: databaseUrl, ownerUrl } = bed.database;
  const opensAt = opening.firstClose - 60_000;
  const originals = await liveOriginals({ databaseUrl, source, opening, opensAt }, kinds);
  const users = Array.from({ length: COPIES }, () => bed.runtime.newId());
  await bed.runtime.db.user.createMany({ data: users.map((id) => ({ id, email: `${id}@example.org` })) });
  await cloneBots(
    ownerUrl,
    originals.map((original) => ({ ...original, owners: users })),
  );
});

describe("bots of a scale run", () => {
  it("hold from before the first close by their own decisions, each copy its own position", async () => {
    const holding = await countByName(
      "EXISTS (SELECT 1 FROM positions p WHERE p.bot_id = b.id AND p.account_id = b.account_id AND p.closed_at IS NULL)",
    );
    const names = kinds.flatMap(({ group }, index) => (group === "holding" ? [`${group} ${index}`] : []));
    expect(holding).toEqual(Object.fromEntries(names.map((name) => [name, COPIES + 1])));
  });

  it("have books that add up, copies too", async () => {
    const holding = kinds.filter(({ group }) => group === "holding").length;
    expect(await auditBots(bed.database.url)).toEqual({ audited: holding * (COPIES + 1), broken: [] });
  });

  it("are all decided at a close, and those that shall enter do", async () => {
    const clock = createStepped(Date.now(), opening.firstClose - 60_000);
    const world = { databaseUrl: bed.database.url, source, clock, concurrency: 4 };
    await withSteppedProduct(world, ({ advance }) => advance(opening.firstClose + 60_000));
    const client = new pg.Client({ connectionString: bed.database.url });
    await client.connect();
    const { decided } = await readCloses(client, [opening.firstClose]);
    await client.end();
    expect(decided).toHaveLength(kinds.length * (COPIES + 1));
    const ordered = new Set(decided.filter(({ orderedAt }) => orderedAt !== null).map(({ botId }) => botId));
    const entered = await bed.runtime.db.bot.findMany({ where: { id: { in: [...ordered] } }, select: { name: true } });
    const entering = kinds.filter(({ group }) => group === "entering").length;
    expect(entered.filter(({ name }) => name.startsWith("entering"))).toHaveLength(entering * (COPIES + 1));
    expect(await auditBots(bed.database.url)).toEqual({ audited: kinds.length * (COPIES + 1), broken: [] });
  });
});
