import { VENUE_CATALOGUE, type VenueKind } from "~/trading/venue-catalogue";
import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import { invariant } from "~/trading/invariant";
import { isTimeframe, type Timeframe } from "~/trading/market/timeframe";
import type { Decimal } from "~/trading/money";
import type { MarketRules, MarketTerms } from "~/trading/ports";
import { fromColumn, fromColumnOrNull } from "./db/amounts";
import type { Database } from "./db/client";
import { Prisma } from "./db/prisma";
import type { AccountRef, VenueRef } from "./refs";

export type BotMarket = { readonly id: number; readonly rules: MarketTerms };

/** A bot under one version of its settings: its account, its venue and its markets as they are now. */
export type BotContext = {
  readonly botId: string;
  readonly userId: string;
  readonly settingsVersion: number;
  readonly settings: BotSettings;
  readonly account: AccountRef;
  readonly venue: VenueRef;
  readonly finestTimeframe: Timeframe;
  readonly initialCapital: Decimal;
  readonly currency: string;
  /** In the order of the settings' pairs; a pair that the venue does not list is missing. */
  readonly markets: readonly BotMarket[];
  /** Every other market it ever ordered in: positions and orders there are still looked after. */
  readonly heldMarkets: readonly BotMarket[];
};

const SETTINGS_MAX = 1000;

type Key = { readonly botId: string; readonly version: number };

/** A version of settings never changes, so it can be cached. Bounded. */
const createSettingsReader = (db: Database): ((key: Key) => Promise<BotSettings>) => {
  const known = new Map<string, BotSettings>();
  return async ({ botId, version }) => {
    const key = `${botId}:${version}`;
    const hit = known.get(key);
    if (hit) return hit;
    const stored = await db.botSettings.findUniqueOrThrow({ where: { botId_version: { botId, version } } });
    const settings = botSettingsSchema.safeParse(stored.settings).data;
    invariant(settings, `version ${version} of the bot's settings cannot be read by this release: save them again`);
    const oldest = known.keys().next().value;
    if (known.size >= SETTINGS_MAX && oldest !== undefined) known.delete(oldest);
    known.set(key, settings);
    return settings;
  };
};

type Amount = { toString(): string };

/** A bot with one of its markets; `id` is null where it has no market. */
export type ContextRow = {
  readonly userId: string;
  readonly accountId: string;
  readonly accountKind: "paper" | "venue-demo" | "live";
  readonly allotment: Amount;
  readonly currency: string;
  readonly venueId: string;
  readonly venueKind: VenueRef["kind"];
  readonly finestTimeframe: string;
} & ({ readonly id: null } | MarketRow);

type MarketRow = {
  readonly id: number;
  readonly pair: string;
  readonly marketType: MarketRules["marketType"];
  readonly tick: Amount;
  readonly lot: Amount;
  readonly contractSize: Amount;
  readonly quantityMin: Amount;
  readonly notionalMin: Amount | null;
  readonly leverageMax: number | null;
};

/** In one query, because every stage needs it. */
const selectRows = (botId: string, { marketType, pairs }: BotSettings): Prisma.Sql => Prisma.sql`
  SELECT b.user_id::text AS "userId", b.account_id::text AS "accountId", a.kind::text AS "accountKind", b.allotment,
    a.currency, v.id::text AS "venueId", v.kind::text AS "venueKind", v.finest_timeframe AS "finestTimeframe",
    m.id, m.pair, m.market_type::text AS "marketType", m.tick, m.lot, m.contract_size AS "contractSize",
    m.quantity_min AS "quantityMin", m.notional_min AS "notionalMin", m.leverage_max AS "leverageMax"
  FROM bots b JOIN accounts a ON a.id = b.account_id JOIN venues v ON v.id = a.venue_id
  LEFT JOIN markets m ON m.venue_id = v.id AND ((m.market_type::text = ${marketType} AND m.pair = ANY(${pairs}::text[]))
    OR EXISTS (SELECT 1 FROM order_intents i WHERE i.bot_id = b.id AND i.market_id = m.id))
  WHERE b.id = ${botId}::uuid ORDER BY m.id`;

/** A market's rules, with the fee of its venue. */
export const toMarketTerms = (row: Omit<MarketRow, "id">, venue: VenueKind): MarketTerms => ({
  pair: row.pair,
  marketType: row.marketType,
  tick: fromColumn(row.tick).toFixed(),
  lot: fromColumn(row.lot).toFixed(),
  contractSize: fromColumn(row.contractSize).toFixed(),
  quantityMin: fromColumn(row.quantityMin).toFixed(),
  notionalMin: fromColumnOrNull(row.notionalMin)?.toFixed() ?? null,
  leverageMax: row.leverageMax,
  takerFeeRate: VENUE_CATALOGUE[venue].fees.taker.toFixed(),
});

const toBotMarket = (row: MarketRow, venue: VenueKind): BotMarket => ({ id: row.id, rules: toMarketTerms(row, venue) });

/** The market of an id, among those the bot trades or holds. */
export const findMarket = (
  context: Pick<BotContext, "markets" | "heldMarkets">,
  marketId: number,
): BotMarket | undefined => [...context.markets, ...context.heldMarkets].find(({ id }) => id === marketId);

const splitMarkets = (rows: readonly ContextRow[], { marketType, pairs }: BotSettings) => {
  const markets = rows.flatMap((row) => (row.id === null ? [] : [toBotMarket(row, row.venueKind)]));
  const wanted = pairs.flatMap((pair) =>
    markets.filter(({ rules }) => rules.pair === pair && rules.marketType === marketType),
  );
  return { markets: wanted, heldMarkets: markets.filter((market) => !wanted.includes(market)) };
};

type BegunRef = Pick<BotContext, "botId" | "settingsVersion"> & { readonly cycleId: string; readonly epoch: string };

export type BotContexts = {
  /** A context as it is now: data that may change under a version of settings is read again each time. */
  (botId: string, settingsVersion: number): Promise<BotContext>;
  /**
   * The context that a cycle was begun with, read once per process and epoch: a cycle that begins again reads anew, and
   * where another has the bot since, the fence of each stage lets it write nothing.
   */
  readonly ofCycle: (cycle: BegunRef) => Promise<BotContext>;
  /**
   * That context read by the very statement that begins the cycle, which `begin` makes of the SQL of its rows. Where it
   * gives none the cycle was not begun, and nothing is remembered.
   */
  readonly ofBegin: (cycle: BegunRef, begin: (rows: Prisma.Sql) => Promise<readonly ContextRow[]>) => Promise<boolean>;
  readonly settingsOf: (botId: string, settingsVersion: number) => Promise<BotSettings>;
};

/** More than run at once in a process; one that was dropped is read again. */
const BEGUN_MAX = 64;

const createBegun = () => {
  const begun = new Map<string, BotContext>();
  const keyOf = ({ cycleId, epoch }: BegunRef): string => `${cycleId}:${epoch}`;
  return {
    get: (cycle: BegunRef): BotContext | undefined => begun.get(keyOf(cycle)),
    add: (cycle: BegunRef, context: BotContext): void => {
      const oldest = begun.keys().next().value;
      if (begun.size >= BEGUN_MAX && oldest !== undefined) begun.delete(oldest);
      begun.set(keyOf(cycle), context);
    },
  };
};

type Version = Pick<BotContext, "botId" | "settingsVersion" | "settings">;

const toContext = (version: Version, rows: readonly ContextRow[]): BotContext => {
  const [row] = rows;
  invariant(row, `bot ${version.botId} is not there`);
  const { userId, currency, accountKind, finestTimeframe } = row;
  invariant(isTimeframe(finestTimeframe), `venue ${row.venueId} has the timeframe ${finestTimeframe}`);
  return {
    ...version,
    userId,
    account: { id: row.accountId, kind: accountKind === "venue-demo" ? "venueDemo" : accountKind },
    venue: { id: row.venueId, kind: row.venueKind },
    finestTimeframe,
    initialCapital: fromColumn(row.allotment),
    currency,
    ...splitMarkets(rows, version.settings),
  };
};

export const createBotContexts = (db: Database): BotContexts => {
  const readSettings = createSettingsReader(db);
  const begun = createBegun();
  const read = async (botId: string, version: number): Promise<BotContext> => {
    const settings = await readSettings({ botId, version });
    const rows = await db.$queryRaw<ContextRow[]>(selectRows(botId, settings));
    return toContext({ botId, settingsVersion: version, settings }, rows);
  };
  return Object.assign(read, {
    ofCycle: async (cycle: BegunRef) => {
      const known = begun.get(cycle);
      if (known) return known;
      const context = await read(cycle.botId, cycle.settingsVersion);
      begun.add(cycle, context);
      return context;
    },
    ofBegin: async (cycle: BegunRef, begin: (rows: Prisma.Sql) => Promise<readonly ContextRow[]>) => {
      const { botId, settingsVersion } = cycle;
      const settings = await readSettings({ botId, version: settingsVersion });
      const rows = await begin(selectRows(botId, settings));
      if (rows.length > 0) begun.add(cycle, toContext({ botId, settingsVersion, settings }, rows));
      return rows.length > 0;
    },
    settingsOf: (botId: string, version: number) => readSettings({ botId, version }),
  });
};
