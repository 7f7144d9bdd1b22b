/** What every planted file may use. */
export const PRELUDE = `
import type { OwnBotId } from "~/server/tenant/own-id";
import { loadPositions } from "~/server/books/positions";
import { readTime } from "~/server/venues/venue-time";
type Sql = { readonly sql: string };
declare const Prisma: { sql(parts: TemplateStringsArray, ...values: readonly unknown[]): Sql };
declare const db: {
  $queryRaw<T>(query: TemplateStringsArray | Sql, ...values: readonly unknown[]): Promise<T>;
  bot: { findFirst(asked: object): unknown };
  position: { findMany(asked: object): unknown };
  venue: { findMany(asked: object): unknown };
};
declare const select: (asked: object | string) => Sql;
type Head = { readonly id: OwnBotId; readonly name: string };
`;

/** Modules that planted files import: a loader of books, and one that knows no bots. */
export const LOADERS = {
  "src/server/books/positions.ts": "export const loadPositions = (tx: { $queryRaw: unknown }, id: string) => [tx, id];",
  "src/server/venues/venue-time.ts": "export const readTime = (tx: { $queryRaw: unknown }, id: string) => [tx, id];",
};

const ID = "(botId: string)";

/** [rule, where, what] */
export const FAULTS: readonly (readonly [string, string, string])[] = [
  ["reads-are-owned", "views/bots", `${ID} => db.bot.findFirst({ where: { id: botId } })`],
  ["reads-are-owned", "views/bots", "({ bot }: typeof db, id: string) => bot.findFirst({ where: { id } })"],
  ["reads-are-owned", "exports", `${ID} => db.position.findMany({ where: { bot: { id: botId } } })`],
  ["reads-are-owned", "api/routers", `${ID} => db.bot.findFirst({ where: { id: botId } })`],
  ["reads-are-owned", "accounts", `${ID} => db.bot.findFirst({ where: { id: botId } })`],
  ["reads-are-owned", "bots", `${ID} => db.bot.findFirst({ where: { id: botId } })`],
  [
    "reads-are-owned",
    "views/bots",
    "(of: { userId: string; botId: string }) => db.position.findMany({ where: { botId: of.botId } })",
  ],
  ["reads-are-owned", "views/bots", "() => db.position.findMany({ select: { userId: true } })"],
  ["reads-are-owned", "views/bots", `${ID} => db.$queryRaw\`SELECT * FROM bots WHERE id = \${botId}\``],
  ["reads-are-owned", "views/bots", `${ID} => db.$queryRaw\`SELECT * FROM candles c, bots b WHERE b.id = \${botId}\``],
  ["reads-are-owned", "views/bots", `${ID} => db.$queryRaw\`SELECT * FROM "bots" WHERE id = \${botId}\``],
  [
    "reads-are-owned",
    "views/bots",
    `((tables: Sql) => ${ID} => db.$queryRaw\`SELECT * FROM \${tables} WHERE id = \${botId}\`)(Prisma.sql\`bots\`)`,
  ],
  ["reads-are-owned", "views/bots", "(where: Sql) => Prisma.sql`SELECT * FROM proposals p WHERE ${where}`"],
  ["reads-are-owned", "views/bots", `${ID} => db.$queryRaw(select(botId))`],
  ["reads-are-owned", "views/bots", `${ID} => { const where = { id: botId }; return db.bot.findFirst({ where }); }`],
  ["reads-are-owned", "views/bots", "(whose: { botId: OwnBotId } | { text: string }) => db.$queryRaw(select(whose))"],
  ["reads-are-owned", "views/bots", "(asked: { userId?: string; botId: string }) => db.$queryRaw(select(asked))"],
  ["reads-are-owned", "views/venues", "() => db.venue.findMany({ include: { accounts: true } })"],
  ["reads-are-owned", "views/bots", `${ID} => loadPositions(db, botId)`],
  ["own-ids-are-found", "views/bots", `${ID} => botId as OwnBotId`],
  ["own-ids-are-found", "books", `${ID} => botId as unknown as OwnBotId`],
  ["own-ids-are-found", "views/bots", "(row: object) => row as Head"],
  ["own-ids-are-found", "views/bots", "(rows: object[]) => rows as { bots: readonly Head[] }[]"],
  ["own-ids-are-found", "views/bots", `${ID} => botId as Head["id"]`],
  ["own-ids-are-found", "views/bots", "(id: string): id is OwnBotId => id.length > 0"],
  [
    "own-ids-are-found",
    "views/bots",
    "(userId: string) => db.$queryRaw<Head[]>`SELECT * FROM bots WHERE a = ${userId}`",
  ],
  ["own-ids-are-found", "views/bots", "(userId: string) => db.$queryRaw<Head[]>(select({ userId }))"],
  ["own-ids-are-found", "views/bots", "(text: string): OwnBotId => JSON.parse(text)"],
  ["own-ids-are-found", "views/bots", "(text: string) => { const head: Head = JSON.parse(text); return head; }"],
  ["own-ids-are-found", "views/bots", `${ID} => ((own: OwnBotId) => own)(botId as never)`],
  ["one-place-says-not-found", "steering", '"Bot not found: it does not exist or belongs to another user."'],
  ["one-place-says-not-found", "views/bots", "(what: string) => `${what} not found: it belongs to another user.`"],
];

/** Close to a fault, but allowed. */
export const FINE: readonly (readonly [string, string])[] = [
  ["views/bots", "(botId: OwnBotId) => db.bot.findFirst({ where: { id: botId } })"],
  ["views/bots", "(head: Head) => db.position.findMany({ where: { bot: { id: head.id } } })"],
  ["views/bots", "(ids: readonly OwnBotId[]) => db.$queryRaw`SELECT * FROM bots WHERE id = ANY(${ids})`"],
  ["views/bots", "(userId: string, botId: string) => db.bot.findFirst({ where: { id: botId, userId } })"],
  ["views/bots", "(asker: { userId: string }) => db.bot.findFirst({ where: { user: { id: asker.userId } } })"],
  ["views/bots", "(userId: string) => { const where = { a: { userId } }; return db.bot.findFirst({ where }); }"],
  ["views/bots", "(picking: { userId: string; botId?: string }) => db.$queryRaw`WITH ${select(picking)} SELECT 1`"],
  ["views/bots", "(whose: { botId: OwnBotId } | { userId: string }) => db.$queryRaw(select(whose))"],
  ["views/bots", "(id: OwnBotId) => Prisma.sql`SELECT * FROM proposals p WHERE p.bot_id = ${id}`"],
  ["views/bots", "Prisma.sql`EXISTS (SELECT FROM positions p WHERE p.bot_id = b.id)`"],
  ["views/markets", "(id: number) => db.$queryRaw`SELECT * FROM candles c JOIN markets m ON true WHERE m.id = ${id}`"],
  ["views/markets", "(id: string) => db.venue.findMany({ where: { id }, include: { clock: true } })"],
  ["views/bots", "(head: Head) => loadPositions(db, head.id)"],
  ["views/bots", "(venueId: string) => readTime(db, venueId)"],
  ["views/bots", "(head: Head) => ({ ...head, at: 1 }) as Head & { at: number }"],
  ["views/bots", "(text: string): { name: string } => JSON.parse(text)"],
  ["views/people", `${ID} => db.bot.findFirst({ where: { id: botId } })`],
  ["steering", `${ID} => db.bot.findFirst({ where: { id: botId } })`],
  ["cycle", `${ID} => db.bot.findFirst({ where: { id: botId } })`],
  ["tenant", `${ID} => botId as OwnBotId`],
];
