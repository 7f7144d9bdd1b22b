import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import { invariant } from "~/trading/invariant";
import { isTimeframe, type Timeframe } from "~/trading/market/timeframe";
import { decimal, type Decimal } from "~/trading/money";
import type { MarketRules } from "~/trading/ports";
import { fromColumn, fromColumnOrNull } from "./db/amounts";
import type { Database } from "./db/client";
import type { Market } from "./db/prisma";
import type { AccountRef, VenueRef } from "./refs";

export type BotMarket = { readonly id: number; readonly rules: MarketRules };

/** What never changes about a bot under one version of its settings. */
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
  /** Every other market it ever ordered in: what it holds or has under way there is still cared for. */
  readonly heldMarkets: readonly BotMarket[];
};

const CONTEXTS_MAX = 1000;

const toBotMarket = (row: Market): BotMarket => ({
  id: row.id,
  rules: {
    pair: row.pair,
    marketType: row.marketType,
    tick: fromColumn(row.tick).toFixed(),
    lot: fromColumn(row.lot).toFixed(),
    contractSize: fromColumn(row.contractSize).toFixed(),
    quantityMin: fromColumn(row.quantityMin).toFixed(),
    notionalMin: fromColumnOrNull(row.notionalMin)?.toFixed() ?? null,
    leverageMax: row.leverageMax,
  },
});

/** The market of an id, among those the bot trades or holds. */
export const findMarket = (
  context: Pick<BotContext, "markets" | "heldMarkets">,
  marketId: number,
): BotMarket | undefined => [...context.markets, ...context.heldMarkets].find(({ id }) => id === marketId);

const loadContext = async (db: Database, botId: string, version: number): Promise<BotContext> => {
  const [bot, stored] = await Promise.all([
    db.bot.findUniqueOrThrow({ where: { id: botId }, include: { account: { include: { venue: true } } } }),
    db.botSettings.findUniqueOrThrow({ where: { botId_version: { botId, version } } }),
  ]);
  const settings = botSettingsSchema.parse(stored.settings);
  const { venue } = bot.account;
  invariant(isTimeframe(venue.finestTimeframe), `venue ${venue.name} has the timeframe ${venue.finestTimeframe}`);
  const rows = await db.market.findMany({
    where: {
      venueId: venue.id,
      OR: [{ marketType: settings.marketType, pair: { in: settings.pairs } }, { intents: { some: { botId } } }],
    },
  });
  const isWanted = (row: Market): boolean =>
    row.marketType === settings.marketType && settings.pairs.includes(row.pair);
  const wanted = settings.pairs.flatMap((pair) => rows.filter((row) => row.pair === pair && isWanted(row)));
  return {
    botId,
    userId: bot.userId,
    settingsVersion: version,
    settings,
    account: { id: bot.accountId, kind: bot.accountKind },
    venue: { id: venue.id, kind: venue.kind },
    finestTimeframe: venue.finestTimeframe,
    initialCapital: decimal(bot.allotment.toString()),
    currency: bot.account.currency,
    markets: wanted.map(toBotMarket),
    heldMarkets: rows.filter((row) => !isWanted(row)).map(toBotMarket),
  };
};

export type BotContexts = (botId: string, settingsVersion: number) => Promise<BotContext>;

/** Contexts kept in memory: a version of settings is never changed, so they stay true. Bounded. */
export const createBotContexts = (db: Database): BotContexts => {
  const known = new Map<string, BotContext>();
  return async (botId, version) => {
    const key = `${botId}:${version}`;
    const hit = known.get(key);
    if (hit) return hit;
    const context = await loadContext(db, botId, version);
    const oldest = known.keys().next().value;
    if (known.size >= CONTEXTS_MAX && oldest !== undefined) known.delete(oldest);
    known.set(key, context);
    return context;
  };
};
