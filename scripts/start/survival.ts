import { checkBotInvariants } from "../../src/server/books/check-bot-invariants";
import { slotsDueSql } from "../../src/server/books/slots-due-sql";
import { Prisma } from "../../src/server/db/prisma";
import { createRuntime, type Runtime } from "../../src/server/runtime";

/** What a kill must not undo, at one instant. Times in ms of market time; counts only grow. */
export type Standing = {
  readonly highWater: number;
  /** The latest slot on any record. */
  readonly stamped: number;
  readonly cyclesDone: number;
  readonly fills: number;
  readonly ledgerEntries: number;
};

/** Reads a running product's books and finds what is wrong with them. */
export type Survival = {
  readonly standing: () => Promise<Standing>;
  /** In words, empty when all is well; `before` is an earlier standing. */
  readonly problems: (before: Standing) => Promise<string[]>;
  readonly close: () => Promise<void>;
};

const readStanding = async ({ db }: Runtime): Promise<Standing> => {
  const [row] = await db.$queryRaw<[{ highWater: Date; stamped: Date; done: bigint; fills: bigint; ledger: bigint }]>`
    SELECT (SELECT max(greatest(high_water, anchor_market)) FROM venue_clocks) AS "highWater",
      (SELECT coalesce(max(slot), to_timestamp(0)) FROM cycles
        WHERE status <> 'due' AND skip_reason IS DISTINCT FROM 'missed') AS stamped,
      (SELECT count(*) FROM cycles WHERE status = 'done') AS done,
      (SELECT count(*) FROM fills) AS fills, (SELECT count(*) FROM ledger_entries) AS ledger`;
  return {
    highWater: row.highWater.getTime(),
    stamped: row.stamped.getTime(),
    cyclesDone: Number(row.done),
    fills: Number(row.fills),
    ledgerEntries: Number(row.ledger),
  };
};

/** Checks invariants I1 to I9 for every bot after its newest ended cycle; a running cycle may be open. */
const brokenBooks = async (runtime: Runtime): Promise<string[]> => {
  const problems: string[] = [];
  for (const { id, name, settingsVersion } of await runtime.db.bot.findMany()) {
    const last = await runtime.db.equityPoint.findFirst({ where: { botId: id }, orderBy: { at: "desc" } });
    if (last === null) continue;
    const broken = await checkBotInvariants(runtime, { botId: id, settingsVersion, at: last.at.getTime() });
    problems.push(...broken.map(({ text }) => `${name}: ${text}`));
  }
  return problems;
};

/** Every slot from a bot's first to its last planned one must be covered once: by its own row or one missed row. */
const brokenSlots = async ({ db }: Runtime): Promise<string[]> => {
  const rows = await db.$queryRaw<
    { name: string; expected: number; covered: number; doubled: number; failed: number }[]
  >`
    SELECT b.name, ${slotsDueSql(Prisma.sql`t.first`, Prisma.sql`b.next_due`)} AS expected, t.covered, t.failed,
      (SELECT count(*)::int FROM cycles m JOIN cycles o ON o.bot_id = m.bot_id AND o.id <> m.id
        AND o.slot BETWEEN m.slot AND m.missed_through WHERE m.bot_id = b.id AND m.missed_count IS NOT NULL) AS doubled
    FROM bots b JOIN (SELECT bot_id, min(slot) AS first, sum(coalesce(missed_count, 1))::int AS covered,
      count(*) FILTER (WHERE status = 'failed')::int AS failed FROM cycles GROUP BY bot_id) t ON t.bot_id = b.id`;
  return rows.flatMap(({ name, expected, covered, doubled, failed }) => [
    ...(expected === covered ? [] : [`${name}: ${expected} slots were planned, ${covered} have a row`]),
    ...(doubled === 0 ? [] : [`${name}: ${doubled} slots have a row and are told as missed`]),
    ...(failed === 0 ? [] : [`${name}: ${failed} cycles failed`]),
  ]);
};

/** Orders that differ from their fills, fills not posted exactly once, and unbalanced transactions. */
const doubledFills = async ({ db }: Runtime): Promise<string[]> => {
  const [row] = await db.$queryRaw<[{ orders: bigint; fills: bigint; unbalanced: bigint }]>`
    SELECT (SELECT count(*) FROM orders o WHERE o.filled_quantity <>
        (SELECT coalesce(sum(f.quantity), 0) FROM fills f WHERE f.order_id = o.id)) AS orders,
      (SELECT count(*) FROM fills f WHERE
        (SELECT count(DISTINCT l.transaction_id) FROM ledger_entries l WHERE l.fill_id = f.id) <> 1) AS fills,
      (SELECT count(*) FROM (SELECT 1 FROM ledger_entries GROUP BY transaction_id, bot_id, currency
        HAVING sum(amount) <> 0) t) AS unbalanced`;
  return [
    ...(row.orders === 0n ? [] : [`${row.orders} orders have fills that are not what they were filled with`]),
    ...(row.fills === 0n ? [] : [`${row.fills} fills are not in exactly one ledger transaction`]),
    ...(row.unbalanced === 0n ? [] : [`${row.unbalanced} ledger transactions do not sum to zero`]),
  ];
};

const lostSince = (before: Standing, now: Standing): string[] =>
  (Object.keys(before) as (keyof Standing)[])
    .filter((key) => now[key] < before[key])
    .map((key) => `${key} ran back from ${before[key]} to ${now[key]}`);

/** A problem must show in this many looks, because the product trades while several tables are read. */
const LOOKS = 4;

export const openSurvival = (databaseUrl: string): Survival => {
  const runtime = createRuntime({ databaseUrl, poolMax: 1 });
  const look = async (before: Standing): Promise<string[]> => [
    ...lostSince(before, await readStanding(runtime)),
    ...(await brokenBooks(runtime)),
    ...(await brokenSlots(runtime)),
    ...(await doubledFills(runtime)),
  ];
  return {
    standing: () => readStanding(runtime),
    problems: async (before) => {
      let problems = await look(before);
      for (let again = 1; again < LOOKS && problems.length > 0; again++) {
        await runtime.db.$queryRaw`SELECT pg_sleep(1)::text`;
        problems = await look(before);
      }
      return problems;
    },
    close: runtime.close,
  };
};
