import type { CreateBot } from "~/contracts/new-bot";
import type { BotSettings } from "~/trading/bot-settings";
import { modeOf } from "~/trading/decision/decide";
import { areSameSettings } from "~/trading/describe-change";
import { formatMoney } from "~/trading/format-number";
import { decimal, toPlain, type Decimal } from "~/trading/money";
import { fromColumn, toColumn } from "../db/amounts";
import { startBefore } from "~/trading/performance/time-weighted-return";
import { appendAudit } from "../audit/append-audit";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import { appendLiveEvent } from "../live/append-live-event";
import type { Ports } from "../ports";
import { keyedId } from "../tenant/keyed-id";
import type { OwnBotId } from "../tenant/own-id";
import { requirePaperAccount } from "./account-money";
import { bookNewBot } from "./book-new-bot";
import { enterVenue } from "./enter-venue";
import { lockUser } from "./lock-user";
import { requireRoom } from "./require-room";
import { requireSettings } from "./require-settings";

type CreatePorts = Pick<Ports, "db" | "newId" | "wallNow" | "quota">;
export type WantedNewBot = CreateBot & { readonly userId: string };

type Wish = Omit<WantedNewBot, "settings"> & { readonly settings: BotSettings; readonly allotment: Decimal };

/** Whether this form made its bot already. Throws AppError where it was changed since. */
const isMade = async (tx: Transaction, botId: OwnBotId, wish: Wish): Promise<boolean> => {
  const include = { settings: { where: { version: 1 } }, allotmentFlows: { select: { amount: true } } };
  const bot = await tx.bot.findUnique({ where: { id: botId }, include });
  if (!bot) return false;
  const flows = bot.allotmentFlows.map(({ amount }) => ({ amount: fromColumn(amount) }));
  const isSame =
    bot.name === wish.name &&
    startBefore(fromColumn(bot.allotment), flows).eq(wish.allotment) &&
    areSameSettings(bot.settings[0]?.settings, wish.settings);
  if (isSame) return true;
  throw new AppError(
    "conflict",
    `This form already created the bot "${bot.name}", with other entries: open it among your bots, or begin a new form.`,
  );
};

const requireAtMost = (allotment: Decimal, most: Decimal): void => {
  if (allotment.lte(most)) return;
  const message = `only ${formatMoney(most)} of the account can be allotted: enter at most that`;
  throw new AppError("conflict", `The bot was not created: ${message}.`, [{ path: "money.allotment", message }]);
};

type Place = { readonly accountId: string; readonly accountName: string };

const findAccount = async (tx: Transaction, { userId, allotment }: Wish, accountId: string) => {
  const account = await requirePaperAccount(tx, { userId, accountId });
  requireAtMost(allotment, account.free ?? decimal(0));
  return { accountId, venueId: account.venueId, accountName: account.name };
};

const openAccount = async (
  { newId, quota }: CreatePorts,
  tx: Transaction,
  { userId, name, allotment, venueId, ...money }: Wish & { readonly venueId: string; readonly capital: Decimal },
): Promise<Place> => {
  const accounts = await tx.account.count({ where: { userId, archivedAt: null } });
  requireRoom(accounts, quota.accountsMax, "accounts");
  requireAtMost(allotment, money.capital);
  const [id, capital] = [newId(), toColumn(money.capital)];
  await tx.account.create({ data: { id, userId, venueId, kind: "paper", name, capital } });
  return { accountId: id, accountName: name };
};

/** The account that the bot gets its money from, where it trades, and when it begins there. */
const findPlace = async (ports: CreatePorts, tx: Transaction, wish: Wish) => {
  const { money, settings } = wish;
  if (money.from === "account") {
    const { venueId, ...place } = await findAccount(tx, wish, money.accountId);
    return { ...place, ...(await enterVenue(ports, tx, { venueId, settings })) };
  }
  const { venueId } = money;
  const entered = await enterVenue(ports, tx, { venueId, settings });
  const place = await openAccount(ports, tx, { ...wish, venueId, capital: decimal(money.capital) });
  return { ...place, ...entered };
};

/** What was done, for the user's pages, the list of what happened, and the audit. */
const record = async (
  { newId, wallNow }: CreatePorts,
  tx: Transaction,
  made: Wish & Place & { botId: string; startsAt: number },
) => {
  const { userId, botId, name, settings, accountId, accountName } = made;
  const allotment = toPlain(made.allotment);
  const text = `Created: ${modeOf(settings).title} on ${settings.pairs.join(", ")} with ${formatMoney(allotment)} of ${accountName}`;
  const details = { accountId, allotment };
  const kind = "botCreated";
  await tx.activity.create({ data: { id: newId(), userId, botId, kind, text, details, at: new Date(made.startsAt) } });
  appendLiveEvent(tx, userId, { kind: "bot-created", botId, name });
  const audited = { name, mode: settings.mode, ...details };
  const at = new Date(wallNow());
  await appendAudit(tx, { actorId: userId, action: "create-bot", subject: `bot:${botId}`, details: audited, at });
};

/**
 * Creates a running paper bot for a user, whole or not at all, and once for each `key`: the same form sent again answers
 * the same bot. Throws AppError that says what to do: `invalid` settings by field, `not-found` for an account or venue
 * that is not there or not the user's, `unknown-pair`, and `conflict` where a quota or the account's money is used up.
 */
export const createBot = async (
  ports: CreatePorts,
  { settings: raw, ...wanted }: WantedNewBot,
): Promise<{ readonly botId: string }> => {
  const wish: Wish = {
    ...wanted,
    settings: requireSettings(raw, "created"),
    allotment: decimal(wanted.money.allotment),
  };
  const botId = keyedId("bot", wish);
  await inTransaction(ports.db, async (tx) => {
    await lockUser(tx, wish.userId);
    if (await isMade(tx, botId, wish)) return;
    const bots = await tx.bot.count({ where: { userId: wish.userId, status: { not: "archived" } } });
    requireRoom(bots, ports.quota.botsMax, "bots");
    const made = { ...wish, ...(await findPlace(ports, tx, wish)), botId };
    await bookNewBot(tx, made);
    await record(ports, tx, made);
  });
  return { botId };
};
