import type { RestoreVersion } from "~/contracts/edit-bot";
import { notFound } from "../tenant/not-found";
import { editBot } from "./edit-bot";

type Wanted = RestoreVersion & { readonly userId: string };

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/**
 * Writes a new version with the settings of an old one, by the same rules as an edit. Throws AppError `not-found` also
 * where the bot has no such version.
 */
export const restoreVersion = async (
  ports: Parameters<typeof editBot>[0],
  { version, ...wanted }: Wanted,
): ReturnType<typeof editBot> => {
  const { botId, userId } = wanted;
  const stored = await ports.db.botSettings.findFirst({ where: { botId, version, bot: { userId } } });
  if (!stored || !isFields(stored.settings)) {
    throw notFound("version");
  }
  return editBot(ports, { ...wanted, settings: stored.settings, restoredFrom: version });
};
