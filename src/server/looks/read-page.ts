import type { BotSettings } from "~/trading/bot-settings";
import type { Balances } from "~/trading/portfolio/ledger";
import type { Decimal } from "~/trading/money";
import type { EquityMemory } from "~/trading/portfolio/equity-memory";
import type { TradingState } from "~/trading/cycle/watch-drawdown";
import {
  OPENED_POSITIONS,
  settingsKeysOf,
  toOpened,
  type OpenedJson,
  type OpenedPosition,
} from "../books/opened-positions";
import { HAS_CYCLES, TRADING_STATE } from "../books/bot-status-sql";
import { fromColumn, fromColumnOrNull } from "../db/amounts";
import { logHiddenFailure } from "../cycle/describe-failure";
import type { Database } from "../db/client";
import { HAS_STANDING_ORDER } from "../orders/standing-sql";
import { readSettings, type SettingsOf } from "../books/settings-by-key";

/** Their statement has half a megabyte and locks them for a tenth of a second; a run each makes the largest result. */
const BOTS_PER_PAGE = 250;
const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** A bot that is due at the slot; times in ms of venue time. */
export type DueBot = {
  readonly botId: string;
  readonly userId: string;
  readonly settingsVersion: number;
  readonly intervalMs: number;
  /** The first slot that nobody accounted for. */
  readonly nextDue: number;
  readonly epoch: bigint;
  /** A run has it: the slot is that run's to lose. */
  readonly isHeld: boolean;
  /** The slot has a row: a run that a command started stands there. */
  readonly hasRow: boolean;
  readonly positions: readonly OpenedPosition[];
};

/** With everything that a look has to know of it. */
export type LookedBot = DueBot & {
  readonly settings: BotSettings;
  /** Equal for bots of equal settings. */
  readonly settingsKey: string;
  readonly tradingState: TradingState;
  readonly initialCapital: Decimal;
  readonly currency: string;
  readonly isPaper: boolean;
  /** An order whose end nobody knows: a run looks after it. */
  readonly hasStandingOrder: boolean;
  readonly lastDoneSlot: number | null;
  /** An earlier slot waits for its run or is in one. */
  readonly hasOpenCycle: boolean;
  readonly balances: Pick<Balances, "cash" | "margin">;
  /** What is remembered of its equity; null before its first point. */
  readonly equity: EquityMemory | null;
};

/** `unreadable`: whose settings or exit plan this version cannot read; each one's own run tells why. */
export type ReadPage = {
  readonly bots: readonly LookedBot[];
  readonly unreadable: readonly DueBot[];
  /** The last bot's id; null: there was none. */
  readonly through: string | null;
  /** Whether no bot of the venue comes after them. */
  readonly isLast: boolean;
};

type Amount = { toString(): string };
type Row = {
  readonly botId: string;
  readonly userId: string;
  readonly settingsVersion: number;
  readonly settingsKey: string;
  readonly tradingState: TradingState;
  readonly intervalSeconds: number;
  readonly nextDue: Date;
  readonly allotment: Amount;
  readonly currency: string;
  readonly accountKind: "paper" | "venue-demo" | "live";
  readonly epoch: bigint;
  readonly isHeld: boolean;
  readonly hasRow: boolean;
  readonly hasStandingOrder: boolean;
  readonly lastDoneSlot: Date | null;
  readonly hasOpenCycle: boolean;
  readonly cash: Amount | null;
  readonly margin: Amount | null;
  readonly pointAt: Date | null;
  readonly pointEquity: Amount;
  readonly peak: Amount;
  readonly dayStart: Amount | null;
  readonly dayLow: Amount;
  readonly positions: OpenedJson[] | null;
};

/** Bots of a venue by id, after one and through another. */
export type PageOf = {
  readonly venueId: string;
  readonly slot: number;
  readonly after: string;
  readonly through?: string;
  readonly botsPerPage?: number;
};

const readRows = (
  db: Database,
  { venueId, slot, after, through = LAST_ID }: PageOf,
  limit: number,
): Promise<Row[]> => db.$queryRaw<Row[]>`
  WITH page AS (
    SELECT b.*, a.currency, a.kind FROM bots b JOIN accounts a ON a.id = b.account_id
    WHERE a.venue_id = ${venueId}::uuid AND ${HAS_CYCLES} AND b.id > ${after}::uuid AND b.id <= ${through}::uuid AND b.next_due <= ${new Date(slot)}
      AND mod(extract(epoch FROM ${new Date(slot)}::timestamptz)::bigint, b.interval_seconds) = 0
    ORDER BY b.id LIMIT ${limit})
  SELECT b.id AS "botId", b.user_id AS "userId", b.settings_version AS "settingsVersion", md5(s.settings::text) AS "settingsKey",
    ${TRADING_STATE} AS "tradingState", b.interval_seconds AS "intervalSeconds", b.next_due AS "nextDue", b.allotment,
    b.currency, b.kind::text AS "accountKind", l.epoch,
    l.holder IS NOT NULL AND coalesce(l.expires_at > clock_timestamp(), false) AS "isHeld",
    EXISTS (SELECT 1 FROM cycles c WHERE c.bot_id = b.id AND c.slot = ${new Date(slot)}) AS "hasRow",
    ${HAS_STANDING_ORDER} AS "hasStandingOrder", d.slot AS "lastDoneSlot",
    EXISTS (SELECT 1 FROM cycles c WHERE c.bot_id = b.id AND c.slot > coalesce(d.slot, '-infinity')
      AND c.status IN ('due', 'running')) AS "hasOpenCycle", m.cash, m.margin,
    e.at AS "pointAt", e.equity AS "pointEquity", e.peak, e.day_start AS "dayStart", e.day_low AS "dayLow", ${OPENED_POSITIONS} AS positions
  FROM page b JOIN bot_settings s ON s.bot_id = b.id AND s.version = b.settings_version
  JOIN bot_leases l ON l.bot_id = b.id
  LEFT JOIN LATERAL (SELECT slot FROM cycles c WHERE c.bot_id = b.id AND c.status = 'done' ORDER BY slot DESC LIMIT 1) d ON true
  LEFT JOIN equity_memories e ON e.bot_id = b.id
  CROSS JOIN LATERAL (SELECT sum(amount) FILTER (WHERE account = 'cash') AS cash,
    sum(amount) FILTER (WHERE account = 'margin') AS margin FROM bot_balances WHERE bot_id = b.id) m
  ORDER BY b.id`;

const toMemory = ({ pointAt, pointEquity, peak, dayStart, dayLow }: Row): EquityMemory | null =>
  pointAt && {
    last: { at: pointAt.getTime(), equity: fromColumn(pointEquity), peak: fromColumn(peak) },
    dayStart: fromColumnOrNull(dayStart),
    dayLow: fromColumn(dayLow),
  };

const toDue = (row: Row): DueBot => ({
  ...row,
  intervalMs: row.intervalSeconds * 1000,
  nextDue: row.nextDue.getTime(),
  positions: [],
});

const toBot = (row: Row, settingsOf: SettingsOf): LookedBot => ({
  ...row,
  ...toDue(row),
  settings: settingsOf(row.settingsKey),
  initialCapital: fromColumn(row.allotment),
  isPaper: row.accountKind === "paper",
  lastDoneSlot: row.lastDoneSlot?.getTime() ?? null,
  balances: { cash: fromColumn(row.cash ?? 0), margin: fromColumn(row.margin ?? 0) },
  equity: toMemory(row),
  positions: (row.positions ?? []).map((position) => toOpened(position, settingsOf)),
});

/** The bots of a venue that are due at a slot, by id: one page after the id given. */
export const readPage = async (db: Database, page: PageOf): Promise<ReadPage> => {
  const { botsPerPage = BOTS_PER_PAGE } = page;
  const read = await readRows(db, page, botsPerPage + 1);
  const rows = read.slice(0, botsPerPage);
  const ids = rows.map(({ botId }) => botId);
  const settingsOf = await readSettings(db, settingsKeysOf(rows), ids);
  const bots: LookedBot[] = [];
  const unreadable: DueBot[] = [];
  for (const row of rows) {
    try {
      bots.push(toBot(row, settingsOf));
    } catch (error) {
      logHiddenFailure("look", error);
      unreadable.push(toDue(row));
    }
  }
  return { bots, unreadable, through: ids.at(-1) ?? null, isLast: read.length <= botsPerPage };
};
