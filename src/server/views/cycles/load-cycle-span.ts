import type { Database } from "../../db/client";
import type { OwnBotId } from "../../tenant/own-id";
import { LAST_FILL } from "../fill-facts";
import { priceDigitsOf } from "../price-digits";

type Amount = { toFixed(): string };

type Neighbours = {
  readonly previousId: string | null;
  readonly nextId: string | null;
  /** The slot of the last finished cycle before this one; null: there is none. */
  readonly doneBefore: Date | null;
  readonly equityBefore: string | null;
};

/** What lies before and after a cycle's slot. */
export const loadNeighbours = async (db: Database, botId: OwnBotId, slot: Date): Promise<Neighbours> => {
  const [row] = await db.$queryRaw<[Omit<Neighbours, "equityBefore"> & { readonly equityBefore: Amount | null }]>`
    SELECT
      (SELECT id FROM cycles WHERE bot_id = ${botId}::uuid AND slot < ${slot} ORDER BY slot DESC LIMIT 1) AS "previousId",
      (SELECT id FROM cycles WHERE bot_id = ${botId}::uuid AND slot > ${slot} ORDER BY slot LIMIT 1) AS "nextId",
      (SELECT slot FROM cycles WHERE bot_id = ${botId}::uuid AND slot < ${slot} AND status = 'done'
        ORDER BY slot DESC LIMIT 1) AS "doneBefore",
      (SELECT equity FROM equity_points WHERE bot_id = ${botId}::uuid AND at < ${slot} ORDER BY at DESC LIMIT 1) AS "equityBefore"`;
  return { ...row, equityBefore: row.equityBefore?.toFixed() ?? null };
};

type SettledRow = {
  readonly fillId: string;
  readonly positionId: string;
  readonly pair: string;
  readonly tick: Amount;
  readonly side: "long" | "short";
  readonly kind: string;
  readonly change: "closed" | "part" | "leg";
  readonly price: Amount;
  readonly quantity: Amount;
  readonly net: Amount | null;
  readonly filledAt: Date;
};

/**
 * Fills that no decision asked for, booked after one slot, through another: exits of whole positions and of parts, and
 * entered legs. Booked is when the candle that touched has closed: the equity of a slot has what was booked by then,
 * whichever process settled it.
 */
export const loadSettled = async (
  db: Database,
  { botId, after, through }: { readonly botId: OwnBotId; readonly after: Date | null; readonly through: Date },
) => {
  const rows = await db.$queryRaw<SettledRow[]>`
    WITH booked AS (
      SELECT l.fill_id, min(l.id) AS first FROM ledger_entries l WHERE l.bot_id = ${botId}::uuid AND l.fill_id IS NOT NULL
        AND l.posted_at > coalesce(${after}::timestamptz, '-infinity') AND l.posted_at <= ${through} GROUP BY l.fill_id),
    touched AS (
      SELECT b.first, f.id, f.position_id, f.market_id, f.price, f.quantity, f.filled_at, i.position_side, i.purpose, i.kind,
        EXISTS (SELECT FROM trades t WHERE t.position_id = f.position_id) AND f.id = ${LAST_FILL} AS is_last
      FROM booked b JOIN fills f ON f.id = b.fill_id JOIN orders o ON o.id = f.order_id JOIN order_intents i ON i.id = o.intent_id
      WHERE i.purpose IN ('protective', 'leg'))
    SELECT x.id AS "fillId", x.position_id AS "positionId", m.pair, m.tick, x.position_side AS side, x.kind, x.price, x.quantity,
      CASE WHEN x.purpose = 'leg' THEN 'leg' WHEN x.is_last THEN 'closed' ELSE 'part' END AS change,
      CASE WHEN x.is_last THEN (SELECT t.realized_pnl FROM trades t WHERE t.position_id = x.position_id) END AS net,
      x.filled_at AS "filledAt"
    FROM touched x JOIN markets m ON m.id = x.market_id ORDER BY x.filled_at, m.pair, x.first`;
  return rows.map(({ tick, ...row }) => ({
    ...row,
    priceDigits: priceDigitsOf(tick),
    price: row.price.toFixed(),
    quantity: row.quantity.toFixed(),
    net: row.net?.toFixed() ?? null,
  }));
};

type SeenRow = {
  readonly pair: string;
  readonly tick: Amount;
  readonly referencePrice: Amount | null;
  readonly last: Amount | null;
  readonly bid: Amount | null;
  readonly ask: Amount | null;
  readonly quoteVolume24h: Amount | null;
  readonly fundingRate: Amount | null;
  readonly openInterest: Amount | null;
  readonly hash: string;
};

export type SeenAt = {
  readonly venueId: string;
  readonly marketType: "swap" | "spot";
  readonly pairs: readonly string[];
  readonly slot: Date;
};

/** The markets of some pairs as they were recorded for a slot, in the order of the pairs. */
export const loadMarketsSeen = async (db: Database, { venueId, marketType, pairs, slot }: SeenAt) => {
  const rows = await db.$queryRaw<SeenRow[]>`
    SELECT m.pair, m.tick, s.reference_price AS "referencePrice", s.last, s.bid, s.ask, s.quote_volume_24h AS "quoteVolume24h",
      s.funding_rate AS "fundingRate", s.open_interest AS "openInterest", s.hash
    FROM market_snapshots s JOIN markets m ON m.id = s.market_id
    WHERE s.slot = ${slot} AND m.venue_id = ${venueId}::uuid AND m.market_type = ${marketType}::"MarketType"
      AND m.pair = ANY(${[...pairs]}::text[])
    ORDER BY array_position(${[...pairs]}::text[], m.pair)`;
  const plain = (value: Amount | null): string | null => value?.toFixed() ?? null;
  return rows.map(({ tick, ...row }) => ({
    ...row,
    priceDigits: priceDigitsOf(tick),
    referencePrice: plain(row.referencePrice),
    last: plain(row.last),
    bid: plain(row.bid),
    ask: plain(row.ask),
    quoteVolume24h: plain(row.quoteVolume24h),
    fundingRate: plain(row.fundingRate),
    openInterest: plain(row.openInterest),
  }));
};
