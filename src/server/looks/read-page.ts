import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import type { Balances } from "~/trading/portfolio/ledger";
import type { Decimal } from "~/trading/money";
import type { EquityMemory } from "~/trading/portfolio/equity-memory";
import type { TradingState } from "~/trading/cycle/watch-drawdown";
import { positionAmounts, type PositionColumns, type StoredPosition } from "../books/positions";
import { exitPlanSchema } from "~/trading/portfolio/exit-plan";
import { fromColumn, fromColumnOrNull } from "../db/amounts";
import type { Database, Transaction } from "../db/client";
import { HAS_STANDING_ORDER } from "../orders/standing-sql";

/** How many bots one step looks at, so that a transaction and a step result stay small. */
const BOTS_PER_PAGE = 250;
const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** A bot that is due at the slot, as a look reads it; `slot` and times in ms of venue time. */
export type LookedBot = {
  readonly botId: string;
  readonly userId: string;
  readonly settingsVersion: number;
  readonly settings: BotSettings;
  /** Equal for bots of equal settings. */
  readonly settingsKey: string;
  readonly tradingState: TradingState;
  readonly intervalMs: number;
  /** The first slot that nobody accounted for. */
  readonly nextDue: number;
  readonly initialCapital: Decimal;
  readonly currency: string;
  readonly isPaper: boolean;
  readonly epoch: bigint;
  /** A run has it: the slot is that run's to lose. */
  readonly isHeld: boolean;
  /** An order whose end nobody knows: a run looks after it. */
  readonly hasStandingOrder: boolean;
  readonly lastDoneSlot: number | null;
  /** An earlier slot waits for its run or is in one. */
  readonly hasOpenCycle: boolean;
  readonly balances: Pick<Balances, "cash" | "margin">;
  /** What is remembered of its equity; null before its first point. */
  readonly equity: EquityMemory | null;
  readonly positions: readonly LookedPosition[];
};

/** An open position with the settings that opened it, and their key. */
type LookedPosition = StoredPosition & { readonly openedBy: BotSettings; readonly settingsKey: string };

type Amount = { toString(): string };
type JsonPosition = Omit<PositionColumns, "openedAt" | "markedAt"> & {
  readonly marketId: number;
  readonly settingsVersion: number;
  readonly settingsKey: string;
  readonly exitPlan: unknown;
  readonly openedAt: number;
  readonly markedAt: number;
  readonly settledThrough: number;
};
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
  readonly positions: JsonPosition[] | null;
};

/** Bots of a venue by id, after one and through another. */
export type PageOf = {
  readonly venueId: string;
  readonly slot: number;
  readonly after: string;
  readonly through?: string;
};

const readRows = (db: Database, { venueId, slot, after, through = LAST_ID }: PageOf): Promise<Row[]> => db.$queryRaw<
  Row[]
>`
  WITH page AS (
    SELECT b.*, a.currency, a.kind FROM bots b JOIN accounts a ON a.id = b.account_id
    WHERE a.venue_id = ${venueId}::uuid AND b.status = 'running' AND b.id > ${after}::uuid AND b.id <= ${through}::uuid AND b.next_due <= ${new Date(slot)}
      AND mod(extract(epoch FROM ${new Date(slot)}::timestamptz)::bigint, b.interval_seconds) = 0
    ORDER BY b.id LIMIT ${BOTS_PER_PAGE})
  SELECT b.id AS "botId", b.user_id AS "userId", b.settings_version AS "settingsVersion", md5(s.settings::text) AS "settingsKey",
    b.trading_state AS "tradingState", b.interval_seconds AS "intervalSeconds", b.next_due AS "nextDue", b.allotment,
    b.currency, b.kind::text AS "accountKind", l.epoch,
    l.holder IS NOT NULL AND coalesce(l.expires_at > clock_timestamp(), false) AS "isHeld",
    ${HAS_STANDING_ORDER} AS "hasStandingOrder", d.slot AS "lastDoneSlot",
    EXISTS (SELECT 1 FROM cycles c WHERE c.bot_id = b.id AND c.slot > coalesce(d.slot, '-infinity')
      AND c.status IN ('due', 'running')) AS "hasOpenCycle", m.cash, m.margin,
    e.at AS "pointAt", e.equity AS "pointEquity", e.peak, e.day_start AS "dayStart", e.day_low AS "dayLow", p.positions
  FROM page b JOIN bot_settings s ON s.bot_id = b.id AND s.version = b.settings_version
  JOIN bot_leases l ON l.bot_id = b.id
  LEFT JOIN LATERAL (SELECT slot FROM cycles c WHERE c.bot_id = b.id AND c.status = 'done' ORDER BY slot DESC LIMIT 1) d ON true
  LEFT JOIN equity_memories e ON e.bot_id = b.id
  CROSS JOIN LATERAL (SELECT sum(amount) FILTER (WHERE account = 'cash') AS cash,
    sum(amount) FILTER (WHERE account = 'margin') AS margin FROM bot_balances WHERE bot_id = b.id) m
  CROSS JOIN LATERAL (SELECT json_agg(json_build_object('id', o.id, 'marketId', o.market_id, 'pair', k.pair, 'side', o.side,
      'quantity', o.quantity::text, 'entryPrice', o.entry_price::text, 'leverage', o.leverage::text, 'margin', o.margin::text,
      'stopLoss', o.stop_loss::text, 'takeProfit', o.take_profit::text, 'mark', o.mark::text,
      'openedAt', extract(epoch FROM o.opened_at) * 1000, 'markedAt', extract(epoch FROM o.marked_at) * 1000,
      'settledThrough', extract(epoch FROM o.settled_through) * 1000, 'settingsVersion', o.settings_version,
      'settingsKey', md5(v.settings::text), 'exitPlan', o.exit_plan) ORDER BY o.opened_at, o.market_id) AS positions
    FROM positions o JOIN markets k ON k.id = o.market_id
    JOIN bot_settings v ON v.bot_id = o.bot_id AND v.version = o.settings_version
    WHERE o.bot_id = b.id AND o.closed_at IS NULL) p
  ORDER BY b.id`;

const KNOWN_MAX = 2000;
const known = new Map<string, BotSettings>();
type SettingsOf = (key: string) => BotSettings;

/** Settings by the hash of their text, all of a page's: bots that trade alike are parsed once. The cache is bounded. */
const readSettings = async (
  db: Database,
  keys: ReadonlySet<string>,
  botIds: readonly string[],
): Promise<SettingsOf> => {
  const page = new Map([...keys].flatMap((key) => (known.has(key) ? [[key, known.get(key)] as const] : [])));
  const missing = [...keys].filter((key) => !page.has(key));
  if (missing.length > 0) {
    const rows = await db.$queryRaw<{ key: string; settings: unknown }[]>`
      SELECT DISTINCT ON (1) md5(settings::text) AS key, settings FROM bot_settings
      WHERE bot_id = ANY(${[...botIds]}::uuid[]) AND md5(settings::text) = ANY(${missing}::text[])`;
    if (known.size + rows.length > KNOWN_MAX) known.clear();
    for (const { key, settings } of rows) {
      // Another page may have parsed the same meanwhile: equal settings stay one object.
      const parsed = known.get(key) ?? botSettingsSchema.parse(settings);
      known.set(key, parsed);
      page.set(key, parsed);
    }
  }
  return (key) => {
    const settings = page.get(key);
    if (!settings) throw new Error("the settings of a bot were changed while it was looked at");
    return settings;
  };
};

const toPosition = (row: JsonPosition, settingsOf: SettingsOf): LookedPosition => ({
  ...row,
  ...positionAmounts({ ...row, openedAt: new Date(row.openedAt), markedAt: new Date(row.markedAt) }),
  exitPlan: exitPlanSchema.parse(row.exitPlan),
  openedBy: settingsOf(row.settingsKey),
});

const toMemory = ({ pointAt, pointEquity, peak, dayStart, dayLow }: Row): EquityMemory | null =>
  pointAt && {
    last: { at: pointAt.getTime(), equity: fromColumn(pointEquity), peak: fromColumn(peak) },
    dayStart: fromColumnOrNull(dayStart),
    dayLow: fromColumn(dayLow),
  };

const toBot = (row: Row, settingsOf: SettingsOf): LookedBot => ({
  ...row,
  settings: settingsOf(row.settingsKey),
  intervalMs: row.intervalSeconds * 1000,
  nextDue: row.nextDue.getTime(),
  initialCapital: fromColumn(row.allotment),
  isPaper: row.accountKind === "paper",
  lastDoneSlot: row.lastDoneSlot?.getTime() ?? null,
  balances: { cash: fromColumn(row.cash ?? 0), margin: fromColumn(row.margin ?? 0) },
  equity: toMemory(row),
  positions: (row.positions ?? []).map((position) => toPosition(position, settingsOf)),
});

/** The bots of a venue that are due at a slot, by id: one page after the id given. */
export const readPage = async (db: Database, page: PageOf): Promise<LookedBot[]> => {
  const rows = await readRows(db, page);
  const keys = rows.flatMap(({ settingsKey, positions }) => [
    settingsKey,
    ...(positions ?? []).map((position) => position.settingsKey),
  ]);
  const ids = rows.map(({ botId }) => botId);
  const settingsOf = await readSettings(db, new Set(keys), ids);
  return rows.map((row) => toBot(row, settingsOf));
};

/** Bots of which a guard moved a position since they were read: it keeps neither an epoch nor a slot. */
const findMoved = async (tx: Transaction, bots: readonly LookedBot[]): Promise<ReadonlySet<string>> => {
  const holding = bots.filter(({ positions }) => positions.length > 0);
  if (holding.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ id: string; settledThrough: Date }[]>`
    SELECT id, settled_through AS "settledThrough" FROM positions
    WHERE bot_id = ANY(${holding.map(({ botId }) => botId)}::uuid[]) AND closed_at IS NULL`;
  const throughOf = new Map(rows.map(({ id, settledThrough }) => [id, settledThrough.getTime()]));
  const isAsRead = ({ positions }: LookedBot): boolean =>
    positions.every(({ id, settledThrough }) => throughOf.get(id) === settledThrough);
  return new Set(holding.filter((bot) => !isAsRead(bot)).map(({ botId }) => botId));
};

/** Bots that are as they were read, locked until the transaction ends; one that another has locked is stepped around. */
export const lockUnchanged = async (tx: Transaction, bots: readonly LookedBot[]): Promise<ReadonlySet<string>> => {
  const given = bots.map(({ botId, epoch, settingsVersion, nextDue, isHeld }) => ({
    bot_id: botId,
    epoch: String(epoch),
    version: settingsVersion,
    next_due: new Date(nextDue),
    is_held: isHeld,
  }));
  const rows = await tx.$queryRaw<{ botId: string }[]>`
    SELECT l.bot_id AS "botId" FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS r(bot_id uuid, epoch bigint, version int, next_due timestamptz, is_held boolean)
    JOIN bot_leases l ON l.bot_id = r.bot_id AND l.epoch = r.epoch
      AND (r.is_held OR l.holder IS NULL OR coalesce(l.expires_at <= clock_timestamp(), true))
    JOIN bots b ON b.id = r.bot_id AND b.status = 'running' AND b.settings_version = r.version AND b.next_due = r.next_due
    ORDER BY l.bot_id FOR UPDATE OF l SKIP LOCKED`;
  const locked = new Set(rows.map(({ botId }) => botId));
  // By a statement of its own: what was committed while this one ran is seen by the next.
  const moved = await findMoved(
    tx,
    bots.filter(({ botId, isHeld }) => locked.has(botId) && !isHeld),
  );
  return new Set([...locked].filter((botId) => !moved.has(botId)));
};
