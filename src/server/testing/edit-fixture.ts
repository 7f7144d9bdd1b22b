import type { WantedEdit } from "../bots/edit-bot";
import { editBot } from "../bots/edit-bot";
import type { BooksFixture } from "./books-fixture";

/** Saves the fixture's bot with these settings beside its present ones, and answers its version then. */
export const editSettings = async (
  { ports, botId, userId }: BooksFixture,
  settings: Readonly<Record<string, unknown>>,
  changes: Partial<WantedEdit> = {},
): Promise<number> => {
  const bot = await ports.db.bot.findUniqueOrThrow({ where: { id: botId } });
  const key = { botId_version: { botId, version: bot.settingsVersion } };
  const present = await ports.db.botSettings.findUniqueOrThrow({ where: key });
  const { version } = await editBot(ports, {
    key: ports.newId(),
    userId,
    botId,
    basedOn: bot.settingsVersion,
    name: bot.name,
    settings: { ...(present.settings as object), ...settings },
    restoredFrom: null,
    ...changes,
  });
  return version;
};
