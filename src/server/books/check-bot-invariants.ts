import { checkInvariants, checkOrders, INVARIANTS, type BrokenInvariant } from "~/trading/invariants/check-invariants";
import type { BotContext } from "../bot-context";
import type { OrdersJson } from "./books-json";
import type { Ports } from "../ports";
import { addFound, foundIn, type AuditFound } from "./audit-found";
import { readBooksJson, readOrdersJson } from "./books-query";
import { newestPart, partThrough, type Since } from "./books-scope";
import { toBooks, toOrders, type VersionedSettings } from "./to-books";

/** A bot by its present settings, and the slot (ms of venue time) that its books are judged at. */
export type CheckedBot = { readonly botId: string; readonly settingsVersion: number; readonly at: number };

type Outcome = { readonly broken: BrokenInvariant[]; readonly found: AuditFound };

type Judged = Pick<BotContext, "botId" | "settings" | "settingsVersion">;
type Versioned = { readonly settingsVersion: number | null };
type Versions = Pick<OrdersJson, "entries"> & { readonly openPositions?: readonly Versioned[] };

/** What a bot did is judged by the version that it did it by, whatever its trader changed since. */
const readVersions = async (
  { contexts }: Pick<Ports, "contexts">,
  { botId, settings, settingsVersion }: Judged,
  { entries, openPositions = [] }: Versions,
): Promise<VersionedSettings> => {
  const known = new Map([[settingsVersion, settings]]);
  for (const { settingsVersion: version } of [...entries, ...openPositions]) {
    if (version !== null && !known.has(version)) known.set(version, await contexts.settingsOf(botId, version));
  }
  return (version) => known.get(version ?? settingsVersion) ?? settings;
};

/** What orders of old break, part after part from the last of them (ms) back: no more of them are held at once. */
const judgeEarlier = async (
  ports: Pick<Ports, "db" | "contexts">,
  bot: Judged,
  last: number | null,
): Promise<BrokenInvariant[]> => {
  const broken: BrokenInvariant[] = [];
  for (let earlier = last; earlier !== null;) {
    const json = await readOrdersJson(ports.db, { botId: bot.botId, part: partThrough(earlier) });
    broken.push(...checkOrders(toOrders(json, await readVersions(ports, bot, json))));
    earlier = json.earlier;
  }
  return broken;
};

/** Runs every invariant over a bot's books: over all of them, or what an audit found and what came since. */
export const judgeBooks = async (
  ports: Pick<Ports, "db" | "contexts">,
  { botId, settingsVersion, at }: CheckedBot,
  since: Since | null,
): Promise<Outcome> => {
  const context = await ports.contexts(botId, settingsVersion);
  const read = await readBooksJson(ports.db, { botId, at, scope: since ?? newestPart(at) });
  const json = since ? addFound(read, since.found) : read;
  const broken = checkInvariants(toBooks(json, await readVersions(ports, context, json)));
  broken.push(...(await judgeEarlier(ports, context, json.earlier)));
  return { broken, found: foundIn(json) };
};

/** Records an outcome, once per slot: one that found nothing gives way to one that did. */
export const recordCheck = async (
  { db }: Pick<Ports, "db">,
  { botId, at }: Pick<CheckedBot, "botId" | "at">,
  broken: readonly BrokenInvariant[],
): Promise<void> => {
  const slot = { botId, at: new Date(at) };
  if (broken.length > 0) await db.invariantCheck.deleteMany({ where: { ...slot, broken: { equals: [] } } });
  const data = [{ ...slot, checked: Object.keys(INVARIANTS).length, broken: [...broken] }];
  await db.invariantCheck.createMany({ data, skipDuplicates: true });
};

/**
 * Runs every invariant over all of one bot's books as they are after its cycle of `at`, and records the outcome. Returns
 * what is broken.
 */
export const checkBotInvariants = async (
  ports: Pick<Ports, "db" | "contexts">,
  bot: CheckedBot,
): Promise<BrokenInvariant[]> => {
  const { broken } = await judgeBooks(ports, bot, null);
  await recordCheck(ports, bot, broken);
  return broken;
};
