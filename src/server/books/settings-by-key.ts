import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import type { Database } from "../db/client";

const KNOWN_MAX = 2000;
const known = new Map<string, BotSettings>();
/** Throws for settings that cannot be read. */
export type SettingsOf = (key: string) => BotSettings;

/**
 * Settings of bots by the MD5 of their text: those of equal text are parsed once, and are one object. What is known
 * is bounded.
 */
export const readSettings = async (
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
