import type { VenueKind } from "~/trading/venue-catalogue";
import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import { decimal, type Decimal } from "~/trading/money";
import type { Ports } from "../ports";
import { findOwnBot, type OwnedBot } from "../tenant/find-own";
import type { OwnBotId } from "../tenant/own-id";

/** What pages say of a bot itself. `openedAt`: venue time before which everything is history; null: no such instant. */
export type BotHead = {
  readonly id: OwnBotId;
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

/** A user's own bot, also an archived one. Throws AppError; another user's bot counts as absent. */
export const findOwnedBot = async ({ db }: Pick<Ports, "db">, owned: OwnedBot): Promise<BotHead> => {
  const bot = await findOwnBot(db, owned, { account: { include: { venue: true } } });
  const { id, name, settingsVersion, account } = bot;
  const allotment = decimal(bot.allotment.toString());
  const { currency, venueId, venue } = account;
  return { id, name, currency, allotment, settingsVersion, venueId, venueKind: venue.kind, openedAt: venue.openedAt };
};

/** The same, with its present settings. */
export const findOwnedBotWithSettings = async (ports: Pick<Ports, "db">, owned: OwnedBot): Promise<BotWithSettings> => {
  const bot = await findOwnedBot(ports, owned);
  const key = { botId_version: { botId: bot.id, version: bot.settingsVersion } };
  const { settings } = await ports.db.botSettings.findUniqueOrThrow({ where: key });
  return { ...bot, settings: botSettingsSchema.parse(settings) };
};
