import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import { decimal, type Decimal } from "~/trading/money";
import { AppError } from "../errors";
import type { Ports } from "../ports";

export type BotOf = { readonly userId: string; readonly botId: string };

/** What a bot's history is read by. `openedAt`: venue time before which everything is history; null: no such instant. */
export type OwnBot = {
  readonly id: string;
  readonly currency: string;
  readonly allotment: Decimal;
  readonly settings: BotSettings;
  readonly venueId: string;
  readonly openedAt: Date | null;
};

/** A bot by its id, whoever's it is; null: there is none. */
export const loadBot = async (
  { db }: Pick<Ports, "db">,
  where: { readonly id: string; readonly userId?: string },
): Promise<OwnBot | null> => {
  const bot = await db.bot.findFirst({ where, include: { account: { include: { venue: true } } } });
  if (!bot) return null;
  const key = { botId_version: { botId: bot.id, version: bot.settingsVersion } };
  const { settings } = await db.botSettings.findUniqueOrThrow({ where: key });
  return {
    id: bot.id,
    currency: bot.account.currency,
    allotment: decimal(bot.allotment.toString()),
    settings: botSettingsSchema.parse(settings),
    venueId: bot.account.venueId,
    openedAt: bot.account.venue.openedAt,
  };
};

/** One of a user's own bots with its present settings. Throws AppError: another user's is as absent as none. */
export const getOwnBot = async (ports: Pick<Ports, "db">, { userId, botId }: BotOf): Promise<OwnBot> => {
  const bot = await loadBot(ports, { id: botId, userId });
  if (!bot) throw new AppError("not-found", "You have no such bot.");
  return bot;
};
