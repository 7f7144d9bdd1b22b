import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import type { Balances } from "~/trading/portfolio/ledger";
import type { Decimal } from "~/trading/money";
import type { EquityMemory } from "~/trading/portfolio/equity-memory";
import type { TradingState } from "~/trading/cycle/watch-drawdown";
import { positionAmounts, type PositionColumns, type StoredPosition } from "../books/positions";
import { exitPlanSchema } from "~/trading/portfolio/exit-plan";
import { fromColumn, fromColumnOrNull } from "../db/amounts";
import { logHiddenFailure } from "../cycle/describe-failure";
import type { Database } from "../db/client";
import { HAS_STANDING_ORDER } from "../orders/standing-sql";

/** How many bots one step looks at, so that a transaction and a step result stay small. */
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
  readonly positions: readonly LookedPosition[];
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
export type LookedPage = { readonly bots: readonly LookedBot[]; readonly unreadable: readonly DueBot[] };

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
/** Throws for settings that cannot be read. */
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
      const parsed = known.get(key) ?? botSettingsSchema.safeParse(settings).data;
      if (!parsed) continue;
      known.set(key, parsed);
      page.set(key, parsed);
    }
  }
  return (key) => {
    const settings = page.get(key);
    if (!settings) throw new Error("the settings of a bot cannot be read, or were changed while it was looked at");
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
  positions: (row.positions ?? []).map((position) => toPosition(position, settingsOf)),
});

/** The bots of a venue that are due at a slot, by id: one page after the id given. */
export const readPage = async (db: Database, page: PageOf): Promise<LookedPage> => {
  const rows = await readRows(db, page);
  const keys = rows.flatMap(({ settingsKey, positions }) => [
    settingsKey,
    ...(positions ?? []).map((position) => position.settingsKey),
  ]);
  const ids = rows.map(({ botId }) => botId);
  const settingsOf = await readSettings(db, new Set(keys), ids);
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
  return { bots, unreadable };
};
