import type { SettingsVersion, SettingsVersions } from "~/contracts/edit-bot";
import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import { describeChange } from "~/trading/describe-change";
import type { Ports } from "../../ports";
import type { OwnedBot } from "../../tenant/find-own";
import { findOwnedBot } from "../owned-bot";

const SHOWN_MAX = 20;

type Wanted = OwnedBot & { readonly before?: number | undefined };

/** In today's form; null: of a release that this one cannot read. */
const readStored = (stored: unknown): BotSettings | null => botSettingsSchema.safeParse(stored).data ?? null;

const changesOf = (before: BotSettings | null, after: BotSettings | null): SettingsVersion["changes"] =>
  before && after && describeChange(before, after);

/** The versions of a user's bot, newest first, each with what it changed. Throws AppError for another user's bot. */
export const listVersions = async (
  ports: Pick<Ports, "db">,
  { before, ...owned }: Wanted,
): Promise<SettingsVersions> => {
  const { id: botId, name, settingsVersion: present } = await findOwnedBot(ports, owned);
  const [rows, running, { status }] = await Promise.all([
    ports.db.botSettings.findMany({
      where: { botId, ...(before !== undefined && { version: { lt: before } }) },
      orderBy: { version: "desc" },
      take: SHOWN_MAX + 1,
      include: { author: { select: { email: true } } },
    }),
    ports.db.botSettings.findUniqueOrThrow({ where: { botId_version: { botId, version: present } } }),
    ports.db.bot.findUniqueOrThrow({ where: { id: botId }, select: { status: true } }),
  ]);
  const now = readStored(running.settings);
  const read = rows.map((row) => ({ ...row, settings: readStored(row.settings) }));
  const items = read.slice(0, SHOWN_MAX).map((row, index): SettingsVersion => ({
    version: row.version,
    writtenAt: row.createdAt,
    author: row.author?.email ?? null,
    restoredFrom: row.restoredFrom,
    changes: row.version === 1 ? [] : changesOf(read[index + 1]?.settings ?? null, row.settings),
    ifRestored: changesOf(now, row.settings),
  }));
  const next = rows.length > SHOWN_MAX ? (items.at(-1)?.version ?? null) : null;
  return { botId, name, isArchived: status === "archived", present, items, next };
};
