import { invariant } from "~/trading/invariant";
import { isTimeframe, type Timeframe } from "~/trading/market/timeframe";
import {
  OPENED_POSITIONS,
  settingsKeysOf,
  toOpened,
  type OpenedJson,
  type OpenedPosition,
} from "../books/opened-positions";
import { HAS_STANDING_ORDER } from "../orders/standing-sql";
import type { Ports } from "../ports";
import type { VenueRef } from "../refs";
import { readSettings, type SettingsOf } from "../books/settings-by-key";
import { outageSql } from "../venues/outage-sql";
import { shownTimeAt } from "../venues/venue-time";
import { shownTimeSql } from "../venues/venue-time-sql";
import { logHiddenFailure } from "./describe-failure";
import { slotInHandSql } from "./slot-in-hand";

/** How many bots are guarded in one step, so that a transaction and a statement stay small. */
export const GUARDED_PER_PAGE = 250;

/** What is open of a bot, to be settled with that of others. Times in ms of venue time. */
export type GuardedBooks = {
  readonly venue: VenueRef;
  readonly finestTimeframe: Timeframe;
  readonly now: number;
  /** Of its lease: it rises with each cycle and each command, which change what a bot holds. */
  readonly epoch: bigint;
  /** Not beyond the slot in hand. */
  readonly through: number;
  readonly positions: readonly OpenedPosition[];
};

/** `books`: null where the bot is guarded by itself: an order of it stands, or it cannot be read. */
export type GuardedBot = {
  readonly botId: string;
  readonly settingsVersion: number;
  readonly books: GuardedBooks | null;
};

type Row = Omit<GuardedBot, "books"> & {
  readonly settingsKey: string;
  readonly hasStandingOrder: boolean;
  readonly venueId: string;
  readonly venueKind: VenueRef["kind"];
  readonly finestTimeframe: string;
  readonly anchorWall: Date | null;
  readonly anchorMarket: Date | null;
  readonly speed: number | null;
  readonly previousSpeed: number | null;
  readonly highWater: Date | null;
  readonly slotInHand: Date | null;
  readonly epoch: bigint;
  readonly positions: OpenedJson[] | null;
};

const readRows = ({ db }: Pick<Ports, "db">, after: string, wall: number): Promise<Row[]> => db.$queryRaw<Row[]>`
  SELECT b.id AS "botId", b.settings_version AS "settingsVersion", md5(s.settings::text) AS "settingsKey",
    ${HAS_STANDING_ORDER} AS "hasStandingOrder", v.id AS "venueId", v.kind::text AS "venueKind",
    v.finest_timeframe AS "finestTimeframe", k.anchor_wall AS "anchorWall", k.anchor_market AS "anchorMarket", k.speed,
    k.previous_speed AS "previousSpeed", k.high_water AS "highWater", l.epoch, ${slotInHandSql(shownTimeSql(wall))} AS "slotInHand",
    ${OPENED_POSITIONS} AS positions
  FROM bots b JOIN bot_settings s ON s.bot_id = b.id AND s.version = b.settings_version
  JOIN bot_leases l ON l.bot_id = b.id JOIN venues v ON v.id = b.venue_id LEFT JOIN venue_clocks k ON k.venue_id = v.id
  WHERE b.id > ${after}::uuid AND v.archived_at IS NULL
    AND (EXISTS (SELECT 1 FROM positions p WHERE p.bot_id = b.id AND p.closed_at IS NULL AND p.account_kind = 'paper')
      OR ${HAS_STANDING_ORDER})
    AND NOT EXISTS (SELECT 1 FROM venue_health h WHERE h.venue_id = v.id AND ${outageSql(wall)})
  ORDER BY b.id LIMIT ${GUARDED_PER_PAGE}`;

const venueNow = ({ anchorWall, anchorMarket, speed, previousSpeed, highWater }: Row, wall: number): number => {
  const hasClock = anchorWall && anchorMarket && highWater && speed !== null;
  return shownTimeAt(hasClock ? { anchorWall, anchorMarket, speed, previousSpeed, highWater } : null, wall);
};

const toBooks = (row: Row, settingsOf: SettingsOf, wall: number): GuardedBooks => {
  const { venueId, venueKind, finestTimeframe, slotInHand, epoch, positions } = row;
  invariant(isTimeframe(finestTimeframe), `venue ${venueId} has the timeframe ${finestTimeframe}`);
  settingsOf(row.settingsKey);
  const now = venueNow(row, wall);
  return {
    venue: { id: venueId, kind: venueKind },
    finestTimeframe,
    now,
    epoch,
    through: Math.min(now, slotInHand?.getTime() ?? Number.POSITIVE_INFINITY),
    positions: (positions ?? []).map((position) => toOpened(position, settingsOf)),
  };
};

/**
 * One page of bots, in any status and after a given id, with an open position on a paper account or an order without a
 * known outcome. Leaves out archived venues, which have no market to settle on, and venues that do not answer, which
 * would delay the others.
 */
export const findGuardedBots = async (ports: Pick<Ports, "db" | "wallNow">, after: string): Promise<GuardedBot[]> => {
  const wall = ports.wallNow();
  const rows = await readRows(ports, after, wall);
  const ids = rows.map(({ botId }) => botId);
  const settingsOf = await readSettings(ports.db, settingsKeysOf(rows), ids);
  return rows.map((row) => {
    const { botId, settingsVersion, hasStandingOrder } = row;
    try {
      return { botId, settingsVersion, books: hasStandingOrder ? null : toBooks(row, settingsOf, wall) };
    } catch (error) {
      logHiddenFailure("guard", error);
      return { botId, settingsVersion, books: null };
    }
  });
};
