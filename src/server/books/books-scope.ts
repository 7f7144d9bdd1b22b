import { floorToGrid } from "~/trading/market/timeframe";
import { DAY_MS } from "~/trading/market/duration";
import { Prisma } from "../db/prisma";
import type { AuditFound } from "./audit-found";

/** An audit that ended at a slot (ms), and what it found. */
export type Since = { readonly at: number; readonly found: AuditFound };

/** So many days of a bot's orders are read at once, whole ones, since limits are counted by days. */
const PART_DAYS = 90;

/** Orders intended, and positions opened, from one time on and before another (ms); null: up to now. */
export type Part = { readonly from: number; readonly before: number | null };

/** The part that has an order or position of this time as its last. */
export const partThrough = (last: number): Part => {
  const before = floorToGrid(last, DAY_MS) + DAY_MS;
  return { from: before - PART_DAYS * DAY_MS, before };
};

/** The part that ends now. */
export const newestPart = (at: number): Part => ({ ...partThrough(at), before: null });

const within = (column: Prisma.Sql, { from, before }: Part): Prisma.Sql =>
  before === null
    ? Prisma.sql`${column} >= ${new Date(from)}`
    : Prisma.sql`${column} >= ${new Date(from)} AND ${column} < ${new Date(before)}`;

const allOf = (bot: Prisma.Sql, part: Part): Prisma.Sql => Prisma.sql`
  fresh AS NOT MATERIALIZED (SELECT * FROM ledger_entries WHERE bot_id = ${bot}),
  touched AS MATERIALIZED (SELECT id FROM positions WHERE bot_id = ${bot} AND ${within(Prisma.sql`opened_at`, part)}),
  asked AS MATERIALIZED (SELECT id FROM order_intents WHERE bot_id = ${bot} AND ${within(Prisma.sql`intended_at`, part)}),
  ended AS NOT MATERIALIZED (SELECT * FROM trades WHERE bot_id = ${bot}),
  refused AS NOT MATERIALIZED (SELECT * FROM verdicts WHERE bot_id = ${bot} AND outcome = 'rejected')`;

/**
 * Every fill posts, so the new ledger entries name the positions that changed. Orders: those of these positions, and all
 * of the days since, the last audited one and the one before it whole, since limits are counted by days.
 */
const changed = (bot: Prisma.Sql, { at, found }: Since): Prisma.Sql => Prisma.sql`
  fresh AS MATERIALIZED (SELECT * FROM ledger_entries WHERE bot_id = ${bot} AND id > ${found.ledgerThrough}::bigint),
  touched AS MATERIALIZED (SELECT id FROM positions WHERE bot_id = ${bot} AND closed_at IS NULL
    UNION SELECT unnest(${found.openPositions}::uuid[]) UNION SELECT position_id FROM fresh WHERE position_id IS NOT NULL),
  asked AS MATERIALIZED (
    SELECT id FROM order_intents WHERE bot_id = ${bot} AND intended_at >= ${new Date(floorToGrid(at, DAY_MS) - DAY_MS)}
    UNION SELECT o.intent_id FROM touched t JOIN fills f ON f.position_id = t.id JOIN orders o ON o.id = f.order_id),
  ended AS MATERIALIZED (SELECT t.* FROM (SELECT DISTINCT position_id FROM fresh) f JOIN trades t USING (position_id)),
  refused AS NOT MATERIALIZED (SELECT * FROM verdicts WHERE bot_id = ${bot} AND outcome = 'rejected'
    AND slot > coalesce(${found.refusedThrough === null ? null : new Date(found.refusedThrough)}::timestamptz, '-infinity'))`;

/** What is read of the books: all of them, of orders a part, or what came since an audit. */
export type Scope = Part | Since;

export const isSince = (scope: Scope): scope is Since => "found" in scope;

/**
 * The rows of a bot's books that are read, as common tables: `fresh` ledger entries, `touched` positions, `asked` orders,
 * `ended` trades and `refused` verdicts.
 */
export const scopeOf = (bot: Prisma.Sql, scope: Scope): Prisma.Sql =>
  isSince(scope) ? changed(bot, scope) : allOf(bot, scope);
