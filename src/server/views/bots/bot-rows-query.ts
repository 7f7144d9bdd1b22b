import { HAS_CYCLES } from "../../books/bot-status-sql";
import type { VenueKind } from "~/trading/venue-catalogue";
import type { BotRow } from "~/contracts/bot-row";
import { FLOWS_SQL, type FlowsJson } from "../bot-flows";
import type { Transaction } from "../../db/client";
import { pickBots, type Picking } from "./pick-bots";

type Amount = { toString(): string };
type LastCycle = NonNullable<BotRow["lastCycle"]>;

/** A bot with its venue, settings, newest equity point and cycles, as the database has them. */
export type StoredBot = {
  readonly id: string;
  readonly name: string;
  readonly status: BotRow["status"];
  readonly tradingState: BotRow["tradingState"];
  readonly accountKind: BotRow["accountKind"];
  readonly settingsVersion: number;
  readonly settings: unknown;
  readonly intervalSeconds: number;
  readonly allotment: Amount;
  readonly currency: string;
  readonly createdAt: Date;
  readonly venueId: string;
  readonly venueKind: VenueKind;
  readonly venueName: string;
  readonly isMarketGone: boolean;
  readonly isMarketPaused: boolean;
  /** Market seconds per second; null: the venue keeps wall time. */
  readonly speed: number | null;
  readonly openedAt: Date | null;
  readonly venueNow: Date;
  /** What is remembered of its equity points. */
  readonly pointAt: Date | null;
  readonly pointEquity: Amount | null;
  readonly peak: Amount | null;
  readonly dayStart: Amount | null;
  readonly dayLow: Amount | null;
  /** The deepest fall below a peak, as a fraction of it. */
  readonly drawdownMax: Amount | null;
  readonly flows: FlowsJson;
  readonly cycleId: string | null;
  readonly cycleSlot: Date | null;
  readonly cycleStatus: LastCycle["status"] | null;
  readonly skipReason: string | null;
  readonly cycleEndedAt: Date | null;
  readonly nextSlot: Date | null;
  /** Of the last cycles of the last hour: how many, and how many of them were skipped for want of time, or failed. */
  readonly recentCycles: number;
  readonly recentSkipped: number;
  readonly recentFailed: number;
};

/** What is recent: so many cycles, and no older than an hour of wall time. */
const RECENT_MAX = 50;
const RECENT_SECONDS = 3600;

/** One row for each picked bot, oldest first, by a few index look-ups each. */
export const selectBots = (db: Transaction, picking: Picking) => db.$queryRaw<StoredBot[]>`
  WITH ${pickBots(picking)}
  SELECT b.id, b.name, b.status, b.trading_state AS "tradingState", b.account_kind AS "accountKind",
    b.settings_version AS "settingsVersion", b.settings, b.interval_seconds AS "intervalSeconds", b.allotment, b.currency,
    b.created_at AS "createdAt", b.venue_id AS "venueId", b.venue_kind AS "venueKind", b.venue_name AS "venueName",
    b.archived_at IS NOT NULL AS "isMarketGone", coalesce(b.speed = 0, false) AS "isMarketPaused", b.speed,
    b.opened_at AS "openedAt", b.venue_now AS "venueNow", e.at AS "pointAt", e.equity AS "pointEquity",
    e.peak, e.day_start AS "dayStart", e.day_low AS "dayLow", w.drawdown AS "drawdownMax", ${FLOWS_SQL} AS flows,
    c.id AS "cycleId", c.slot AS "cycleSlot", c.status::text AS "cycleStatus", c.skip_reason::text AS "skipReason",
    c.ended_at AS "cycleEndedAt", CASE WHEN ${HAS_CYCLES} THEN coalesce(n.slot, b.next_due) END AS "nextSlot",
    r.cycles AS "recentCycles", r.skipped AS "recentSkipped", r.failed AS "recentFailed"
  FROM picked b
  LEFT JOIN equity_memories e ON e.bot_id = b.id
  LEFT JOIN LATERAL (SELECT (peak - equity) / nullif(peak, 0) AS drawdown FROM equity_points WHERE bot_id = b.id
    ORDER BY (peak - equity) / nullif(peak, 0) DESC NULLS LAST LIMIT 1) w ON true
  LEFT JOIN LATERAL (SELECT id, slot, status, skip_reason, ended_at FROM cycles
    WHERE bot_id = b.id AND status <> 'due' ORDER BY slot DESC LIMIT 1) c ON true
  LEFT JOIN LATERAL (SELECT slot FROM cycles WHERE bot_id = b.id AND status = 'due' AND slot > coalesce(c.slot, '-infinity')
    ORDER BY slot LIMIT 1) n ON true
  CROSS JOIN LATERAL (SELECT coalesce(sum(y.counted), 0)::int AS cycles,
    coalesce(sum(y.counted) FILTER (WHERE y.status = 'skipped' AND y.failure IS NULL
      AND y.skip_reason IN ('busy', 'stale', 'missed')), 0)::int AS skipped,
    coalesce(sum(y.counted) FILTER (WHERE y.status IN ('failed', 'abandoned')
      OR (y.status = 'skipped' AND y.failure IS NOT NULL)), 0)::int AS failed
    FROM (SELECT status, skip_reason, failure, coalesce(missed_count, 1) AS counted, coalesce(ended_at, started_at, planned_at) AS at FROM cycles
      WHERE bot_id = b.id AND status <> 'due' ORDER BY slot DESC LIMIT ${RECENT_MAX}) y
    WHERE y.at > clock_timestamp() - ${RECENT_SECONDS} * interval '1 second') r
  ORDER BY b.created_at, b.id`;
