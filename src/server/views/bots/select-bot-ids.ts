import type { BotListInput } from "~/contracts/bot-list";
import type { BotSort } from "~/contracts/choices";
import type { Database } from "../../db/client";
import { Prisma } from "../../db/prisma";
import { byKnownKey } from "../pages/keyset";
import type { Place, Sorting } from "../pages/page-cursor";
import { BOT_KEYS, keyTextSql } from "./bot-keys-sql";

export type BotChoice = Partial<Pick<BotListInput, "text" | "status" | "mode" | "accountId">> & {
  readonly userId: string;
};

/** A bot in its list: what it is sorted by, its place from 1 on, and how many are chosen. */
export type ListedBot = {
  readonly id: string;
  readonly key: string | null;
  readonly place: number;
  readonly matching: number;
};

export type BotSorting = { readonly by: BotSort | "allotment"; readonly order: Sorting["order"] };

export const sortingOf = ({ by, order }: BotSorting): Sorting => ({
  sort: `bots.${by}`,
  order,
  kind: BOT_KEYS[by].kind,
});

/** A user's own bots that are not archived, as chosen. */
const chosen = ({ userId, text = "", status, mode, accountId }: BotChoice): Prisma.Sql => {
  const conditions = [Prisma.sql`b.user_id = ${userId}::uuid`, Prisma.sql`b.status <> 'archived'`];
  if (status !== undefined) conditions.push(Prisma.sql`b.status::text = ${status}`);
  if (accountId !== undefined) conditions.push(Prisma.sql`b.account_id = ${accountId}::uuid`);
  if (mode !== undefined) conditions.push(Prisma.sql`s.settings->>'mode' = ${mode}`);
  if (text !== "") {
    conditions.push(Prisma.sql`(strpos(lower(b.name), lower(${text})) > 0
      OR strpos(lower(s.settings->>'pairs'), lower(${text})) > 0)`);
  }
  return Prisma.join(conditions, " AND ");
};

/** Up to `limit` bots from a place on. Everything is sorted at each call: a user has thousands of bots at most. */
export const selectBotIds = (
  db: Pick<Database, "$queryRaw">,
  choice: BotChoice,
  { sorting, place, limit }: { readonly sorting: BotSorting; readonly place: Place | null; readonly limit: number },
): Promise<ListedBot[]> => {
  const { kind, sql } = BOT_KEYS[sorting.by];
  // Qualified: the answer's own `key` is text, and text has another order.
  const columns = { key: Prisma.sql`p.key`, id: Prisma.sql`p.id` };
  const listed = byKnownKey(sortingOf(sorting), columns, null);
  const { where, orderBy } = byKnownKey(sortingOf(sorting), columns, place);
  return db.$queryRaw<ListedBot[]>`
    WITH keyed AS MATERIALIZED (
      SELECT b.id, ${sql} AS key FROM bots b JOIN bot_settings s ON s.bot_id = b.id AND s.version = b.settings_version
      LEFT JOIN equity_memories e ON e.bot_id = b.id LEFT JOIN trade_totals t ON t.bot_id = b.id
      WHERE ${chosen(choice)}),
    placed AS (SELECT id, key, (row_number() OVER (ORDER BY ${listed.orderBy}))::int AS place,
      (count(*) OVER ())::int AS matching FROM keyed p)
    SELECT id, ${keyTextSql(kind)} AS key, place, matching FROM placed p
    WHERE ${where} ORDER BY ${orderBy} LIMIT ${limit}`;
};
