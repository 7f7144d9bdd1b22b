import type { VenueKind } from "~/trading/venue-catalogue";
import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import { decimal, type Decimal } from "~/trading/money";
import { AppError } from "../errors";
import type { Ports } from "../ports";

/** A bot as its user names it. */
export type OwnedBot = { readonly userId: string; readonly botId: string };

/** What pages say of a bot itself. `openedAt`: venue time before which everything is history; null: no such instant. */
export type BotHead = {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly allotment: Decimal;
  readonly settingsVersion: number;
  readonly venueId: string;
  readonly venueKind: VenueKind;
  readonly openedAt: Date | null;
};

/** A bot with its present settings. */
export type BotWithSettings = BotHead & { readonly settings: BotSettings };

const findHead = async (
  { db }: Pick<Ports, "db">,
  where: { readonly id: string; readonly userId?: string },
): Promise<BotHead | null> => {
  const bot = await db.bot.findFirst({ where, include: { account: { include: { venue: true } } } });
  if (!bot) return null;
  const { id, name, settingsVersion, account } = bot;
  const allotment = decimal(bot.allotment.toString());
  const { currency, venueId, venue } = account;
  return { id, name, currency, allotment, settingsVersion, venueId, venueKind: venue.kind, openedAt: venue.openedAt };
};

const withSettings = async ({ db }: Pick<Ports, "db">, bot: BotHead): Promise<BotWithSettings> => {
  const key = { botId_version: { botId: bot.id, version: bot.settingsVersion } };
  const { settings } = await db.botSettings.findUniqueOrThrow({ where: key });
  return { ...bot, settings: botSettingsSchema.parse(settings) };
};

/** A user's own bot, also an archived one. Throws AppError; another user's bot counts as absent. */
export const findOwnedBot = async (ports: Pick<Ports, "db">, { userId, botId }: OwnedBot): Promise<BotHead> => {
  const bot = await findHead(ports, { id: botId, userId });
  if (!bot) throw new AppError("not-found", "Bot not found: it does not exist or belongs to another user.");
  return bot;
};

/** The same, with its present settings. */
export const findOwnedBotWithSettings = async (ports: Pick<Ports, "db">, owned: OwnedBot): Promise<BotWithSettings> =>
  withSettings(ports, await findOwnedBot(ports, owned));

/** A bot by its id, of any user; null: there is none. */
export const loadBotWithSettings = async (ports: Pick<Ports, "db">, id: string): Promise<BotWithSettings | null> => {
  const bot = await findHead(ports, { id });
  return bot && withSettings(ports, bot);
};
