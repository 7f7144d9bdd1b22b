import type { z } from "zod";
import type { MarketRow, marketsInputSchema } from "~/contracts/market-row";
import { spreadFraction } from "~/trading/market/market-snapshot";
import { toPlain } from "~/trading/money";
import { VENUE_CATALOGUE, type VenueKind } from "~/trading/venue-catalogue";
import { fromColumn, fromColumnOrNull } from "../../db/amounts";
import { Prisma } from "../../db/prisma";
import { AppError } from "../../errors";
import type { Ports } from "../../ports";

type Wanted = z.infer<typeof marketsInputSchema>;
type Amount = { toString(): string };
type Row = Pick<MarketRow, "id" | "pair" | "marketType" | "seenAt" | "historyFrom" | "historyThrough"> &
  Readonly<Record<"tick" | "lot" | "contractSize" | "quantityMin", Amount>> &
  Readonly<Record<"notionalMin" | "last" | "bid" | "ask" | "quoteVolume24h" | "fundingRate", Amount | null>> & {
    readonly leverageMax: number | null;
  };

/** What is unknown comes last, and markets that are equal by their names. */
const ORDERS: Readonly<Record<Wanted["sort"], Prisma.Sql>> = {
  pair: Prisma.sql`m.pair`,
  volume: Prisma.sql`s.quote_volume_24h DESC NULLS LAST, m.pair`,
  spread: Prisma.sql`(s.ask - s.bid) / nullif(s.ask + s.bid, 0) NULLS LAST, m.pair`,
  funding: Prisma.sql`abs(s.funding_rate) NULLS LAST, m.pair`,
  history: Prisma.sql`h.first NULLS LAST, m.pair`,
};

const plainOrNull = (amount: Amount | null): string | null => {
  const value = fromColumnOrNull(amount);
  return value && toPlain(value);
};

const plain = (amount: Amount): string => toPlain(fromColumn(amount));

const toMarketRow = (row: Row, takerFeeRate: string): MarketRow => {
  const { id, pair, marketType, seenAt, historyFrom, historyThrough, leverageMax } = row;
  const [bid, ask] = [plainOrNull(row.bid), plainOrNull(row.ask)];
  return {
    id,
    pair,
    marketType,
    last: plainOrNull(row.last),
    bid,
    ask,
    spreadFraction: spreadFraction({ bid, ask })?.toNumber() ?? null,
    quoteVolume24h: plainOrNull(row.quoteVolume24h),
    fundingRate: plainOrNull(row.fundingRate),
    seenAt,
    historyFrom,
    historyThrough,
    rules: {
      tick: plain(row.tick),
      lot: plain(row.lot),
      contractSize: plain(row.contractSize),
      quantityMin: plain(row.quantityMin),
      notionalMin: plainOrNull(row.notionalMin),
      leverageMax,
      takerFeeRate,
    },
  };
};

/** The venue's kind, where it is open to new bots. Its prices are public: anybody who is signed in may read them. */
export const requireOpenVenue = async ({ db }: Pick<Ports, "db">, venueId: string): Promise<VenueKind> => {
  const venue = await db.venue.findFirst({ where: { id: venueId, archivedAt: null }, select: { kind: true } });
  if (!venue) throw new AppError("not-found", "This market is not running: choose another one.");
  return venue.kind;
};

/**
 * The markets of a venue with what was last recorded of each, at most 200. `search`: a part of the pair's name. Throws
 * AppError for a venue that is not open.
 */
export const listMarkets = async (ports: Pick<Ports, "db">, wanted: Wanted): Promise<MarketRow[]> => {
  const { venueId, marketType, search, sort, pairs, limit } = wanted;
  const kind = await requireOpenVenue(ports, venueId);
  const named = pairs === undefined ? Prisma.empty : Prisma.sql`AND m.pair = ANY(${pairs})`;
  const rows = await ports.db.$queryRaw<Row[]>`
    SELECT m.id, m.pair, m.market_type::text AS "marketType", m.tick, m.lot, m.contract_size AS "contractSize",
      m.quantity_min AS "quantityMin", m.notional_min AS "notionalMin", m.leverage_max AS "leverageMax",
      s.last, s.bid, s.ask, s.quote_volume_24h AS "quoteVolume24h", s.funding_rate AS "fundingRate", s.slot AS "seenAt",
      h.first AS "historyFrom", h.last AS "historyThrough"
    FROM markets m
    LEFT JOIN LATERAL (SELECT * FROM market_snapshots WHERE market_id = m.id ORDER BY slot DESC LIMIT 1) s ON true
    LEFT JOIN LATERAL (SELECT min("from") AS first, max(through) AS last FROM candle_coverages WHERE market_id = m.id) h ON true
    WHERE m.venue_id = ${venueId}::uuid AND m.market_type = ${marketType}::"MarketType"
      AND position(upper(${search.trim()}) IN m.pair) > 0 ${named}
    ORDER BY ${ORDERS[sort]} LIMIT ${limit}`;
  const takerFeeRate = VENUE_CATALOGUE[kind].fees.taker.toFixed();
  return rows.map((row) => toMarketRow(row, takerFeeRate));
};
