import type { EditBot } from "~/contracts/edit-bot";
import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import { takeSettings } from "~/trading/cycle/take-settings";
import { areSameSettings, describeChange } from "~/trading/describe-change";
import { appendAudit } from "../audit/append-audit";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import { appendLiveEvent } from "../live/append-live-event";
import type { Ports } from "../ports";
import { lockBotAtWork, type LockedBot } from "../steering/lock-bot";
import { requireOwnBot } from "../tenant/find-own";
import type { OwnBotId } from "../tenant/own-id";
import { enterVenue } from "./enter-venue";
import { requireSettings } from "./require-settings";

type EditPorts = Pick<Ports, "db" | "newId" | "wallNow">;
type Edited = { readonly botId: string; readonly version: number };

/** `restoredFrom`: the version that the settings are of; null: they are new. */
export type WantedEdit = EditBot & { readonly userId: string; readonly restoredFrom: number | null };

/** An edit of a bot that was found to be the user's. */
type OwnEdit = Omit<WantedEdit, "botId"> & { readonly botId: OwnBotId };

const readPresent = async (tx: Transaction, botId: OwnBotId) => {
  const bot = await tx.bot.findUniqueOrThrow({ where: { id: botId } });
  const key = { botId_version: { botId, version: bot.settingsVersion } };
  const { settings } = await tx.botSettings.findUniqueOrThrow({ where: key });
  // What this release cannot read may be replaced all the same.
  return { ...bot, settings: botSettingsSchema.safeParse(settings).data ?? null };
};
type Present = Awaited<ReturnType<typeof readPresent>>;

/** `isNamed`: the bot is called already as the form says. */
type Entered = { readonly settings: BotSettings; readonly isNamed: boolean };

/** The version that this form wrote already; null: none. Throws AppError where the form was changed since. */
const findWritten = async (tx: Transaction, wanted: OwnEdit, entered: Entered): Promise<number | null> => {
  const { botId, key } = wanted;
  const written = await tx.botSettings.findUnique({ where: { botId_key: { botId, key } } });
  if (!written) return null;
  if (entered.isNamed && areSameSettings(written.settings, entered.settings)) return written.version;
  throw new AppError(
    "conflict",
    `This form was saved already as version ${written.version}, with other entries: load the page anew to change more.`,
  );
};

const requireEditable = ({ status, settingsVersion, name }: Present, { basedOn }: OwnEdit): void => {
  if (status === "archived") throw new AppError("conflict", `${name} is archived: its settings stay as they are.`);
  if (settingsVersion === basedOn) return;
  throw new AppError(
    "conflict",
    `Version ${settingsVersion} was saved meanwhile, and your entries began with version ${basedOn}: load the page anew, look at what differs, and save again.`,
  );
};

/** How its orders are filled decides what its past is worth beside its future. */
const requireSameMatching = (present: BotSettings | null, { matching }: BotSettings): void => {
  if (present === null || areSameSettings(present.matching, matching)) return;
  const message = "a bot keeps the matching model that it was made with: copy the bot to try another";
  throw new AppError("conflict", `The bot was not changed: ${message}.`, [{ path: "settings.matching", message }]);
};

type Written = {
  readonly bot: LockedBot;
  readonly wanted: OwnEdit;
  readonly settings: BotSettings;
  readonly present: Present;
};

const writeVersion = async (tx: Transaction, { bot, wanted, settings, present }: Written): Promise<number> => {
  const { botId, userId: authorId, key, restoredFrom } = wanted;
  const version = present.settingsVersion + 1;
  const [last] = await tx.$queryRaw<{ slot: Date }[]>`
    SELECT coalesce(missed_through, slot) AS slot FROM cycles WHERE bot_id = ${botId}::uuid ORDER BY slot DESC LIMIT 1`;
  const standing = { ...bot, nextDue: bot.nextDue ?? bot.now, lastSlot: last?.slot.getTime() ?? null };
  const taken = takeSettings(standing, settings.intervalSeconds * 1000);
  const inForceFrom = new Date(taken.inForceFrom);
  await tx.botSettings.create({ data: { botId, version, settings, authorId, key, restoredFrom, inForceFrom } });
  const next = {
    settingsVersion: version,
    intervalSeconds: settings.intervalSeconds,
    nextDue: new Date(taken.nextDue),
  };
  await tx.bot.update({ where: { id: botId }, data: next });
  return version;
};

type WrittenVersion = Written & { readonly version: number };

const TOLD_MAX = 3;

const UNREADABLE = "all of them, as those before could not be read";

/** In words, for the list of what happened: the first few changes, and how many more there are. */
const describe = ({ present, settings, version }: WrittenVersion, renamed: string | null): string => {
  if (version === present.settingsVersion) return `Renamed to ${renamed}`;
  if (present.settings === null) return `Settings changed to version ${version}: ${UNREADABLE}`;
  const labels = describeChange(present.settings, settings).map(({ label }) => label);
  const names = [...new Set([...(renamed === null ? [] : ["Name"]), ...labels])];
  const more = names.length - TOLD_MAX;
  const told = names.slice(0, TOLD_MAX).join(", ").toLowerCase();
  return `Settings changed to version ${version}: ${told}${more > 0 ? ` and ${more} more` : ""}`;
};

/** What was done, for the user's pages, the list of what happened, and the audit. */
const record = async ({ newId, wallNow }: EditPorts, tx: Transaction, written: WrittenVersion): Promise<void> => {
  const { bot, wanted, present, version } = written;
  const { botId, userId, name = present.name, restoredFrom } = wanted;
  const renamed = name === present.name ? null : name;
  const text = describe(written, renamed);
  const details = { version, before: present.settingsVersion, restoredFrom, ...(renamed !== null && { name }) };
  const kind = "settingsChanged";
  await tx.activity.create({ data: { id: newId(), userId, botId, kind, text, details, at: new Date(bot.now) } });
  appendLiveEvent(tx, userId, { kind: "settings-changed", botId, name, version });
  const action = restoredFrom === null ? "edit-bot" : "restore-settings";
  await appendAudit(tx, { actorId: userId, action, subject: `bot:${botId}`, details, at: new Date(wallNow()) });
};

const edit = async (ports: EditPorts, tx: Transaction, wanted: OwnEdit): Promise<Edited> => {
  const { botId } = wanted;
  const { bot } = await lockBotAtWork(tx, botId, ports.wallNow());
  const present = await readPresent(tx, botId);
  const settings = requireSettings({ matching: present.settings?.matching, ...wanted.settings }, "changed");
  const { name = present.name } = wanted;
  const isNamed = name === present.name;
  const before = await findWritten(tx, wanted, { settings, isNamed });
  if (before !== null) return { botId, version: before };
  requireEditable(present, wanted);
  requireSameMatching(present.settings, settings);
  const isSame = present.settings !== null && areSameSettings(present.settings, settings);
  if (isSame && isNamed) return { botId, version: present.settingsVersion };
  if (!isSame) await enterVenue(ports, tx, { venueId: present.venueId, settings });
  if (!isNamed) await tx.bot.update({ where: { id: botId }, data: { name } });
  const written = { bot, wanted, settings, present };
  const version = isSame ? present.settingsVersion : await writeVersion(tx, written);
  await record(ports, tx, { ...written, version });
  return { botId, version };
};

/**
 * Writes another version of a bot's settings, and its name, whole or not at all and once for each `key`. A cycle that has
 * the bot ends by the version that it began with; the next one begins with the new one. Positions keep the exits of the
 * version that opened them. Throws AppError: `not-found` for a bot that is not the user's, `invalid` and `unknown-pair` as
 * for a new bot, `conflict` for one that is archived, was edited meanwhile, or would get another matching model.
 */
export const editBot = (ports: EditPorts, wanted: WantedEdit): Promise<Edited> =>
  inTransaction(ports.db, async (tx) => edit(ports, tx, { ...wanted, botId: await requireOwnBot(tx, wanted) }));
