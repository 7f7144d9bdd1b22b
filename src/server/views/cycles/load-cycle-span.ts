import type { ExitReason } from "~/trading/portfolio/exit-reason";
import type { Database } from "../../db/client";
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
export const loadNeighbours = async (db: Database, botId: string, slot: Date): Promise<Neighbours> => {
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
  readonly positionId: string;
  readonly pair: string;
  readonly tick: Amount;
  readonly side: "long" | "short";
  readonly exitReason: ExitReason;
  readonly exitPrice: Amount;
  readonly net: Amount;
  readonly exitedAt: Date;
};

/**
 * Protective exits that were booked after one slot, through another. Booked is when the candle that touched has closed:
 * the equity of a slot has what was booked by then, whichever process settled it.
 */
export const loadSettled = async (
  db: Database,
  { botId, after, through }: { readonly botId: string; readonly after: Date | null; readonly through: Date },
) => {
  const rows = await db.$queryRaw<SettledRow[]>`
    SELECT t.position_id AS "positionId", m.pair, m.tick, t.side, t.exit_reason AS "exitReason", t.exit_price AS "exitPrice",
      t.realized_pnl AS net, t.exited_at AS "exitedAt"
    FROM trades t JOIN markets m ON m.id = t.market_id
    WHERE t.bot_id = ${botId}::uuid AND EXISTS (
      SELECT 1 FROM order_intents i JOIN orders o ON o.intent_id = i.id JOIN fills f ON f.order_id = o.id
        JOIN ledger_entries l ON l.fill_id = f.id
      WHERE i.purpose = 'protective' AND f.position_id = t.position_id AND l.position_id = t.position_id
        AND l.posted_at > coalesce(${after}::timestamptz, '-infinity') AND l.posted_at <= ${through})
      AND t.exited_at <= ${through} AND t.exited_at >= coalesce(${after}::timestamptz, '-infinity') - interval '1 day'
    ORDER BY t.exited_at, m.pair`;
  return rows.map(({ tick, ...row }) => ({
    ...row,
    priceDigits: priceDigitsOf(tick),
    exitPrice: row.exitPrice.toFixed(),
    net: row.net.toFixed(),
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
