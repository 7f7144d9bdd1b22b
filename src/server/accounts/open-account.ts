import type { OpenAccount } from "~/contracts/accounts-view";
import { formatMoney } from "~/trading/format-number";
import { decimal, sumOf, toPlain, type Decimal } from "~/trading/money";
import { appendAudit } from "../audit/append-audit";
import { lockUser } from "../bots/lock-user";
import { requireRoom } from "../bots/require-room";
import { fromColumn, toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import { appendLiveEvent } from "../live/append-live-event";
import type { Ports } from "../ports";
import { keyedId } from "../tenant/keyed-id";
import type { OwnId } from "../tenant/own-id";

type OpenPorts = Pick<Ports, "db" | "wallNow" | "quota">;
type Amount = { toString(): string };
type OwnAccountId = OwnId<"account">;
type Wanted = OpenAccount & { readonly userId: string };

/** What an account was opened with: its capital without what was moved since. */
const openedWith = async (
  tx: Transaction,
  accountId: OwnAccountId,
  capital: Amount | null,
): Promise<Decimal | null> => {
  if (capital === null) return null;
  const flows = await tx.accountFlow.groupBy({ by: ["kind"], where: { accountId }, _sum: { amount: true } });
  const sums = flows.map(({ kind, _sum }) => {
    const moved = fromColumn(_sum.amount ?? 0);
    return kind === "deposit" ? moved.neg() : moved;
  });
  return sumOf([fromColumn(capital), ...sums]);
};

/** Whether this form opened its account already. Throws AppError where it was changed since. */
const isOpen = async (
  tx: Transaction,
  accountId: OwnAccountId,
  { name, venueId, capital }: Wanted,
): Promise<boolean> => {
  const account = await tx.account.findUnique({ where: { id: accountId } });
  if (!account) return false;
  const began = await openedWith(tx, accountId, account.capital);
  if (account.name === name && account.venueId === venueId && began?.eq(capital) === true) return true;
  const money = began === null ? "" : ` with ${formatMoney(began)}`;
  throw new AppError("conflict", `This form already opened the account "${account.name}"${money}: begin a new form.`);
};

/**
 * Opens a paper account with so much money, once for each `key`. Throws AppError: `not-found` for a market that does not
 * run, `conflict` where the user has as many accounts as one may have.
 */
export const openAccount = async (ports: OpenPorts, wanted: Wanted): Promise<{ readonly accountId: string }> => {
  const accountId = keyedId("account", wanted);
  const { userId, venueId, name } = wanted;
  const capital = decimal(wanted.capital);
  await inTransaction(ports.db, async (tx) => {
    await lockUser(tx, userId);
    if (await isOpen(tx, accountId, wanted)) return;
    requireRoom(await tx.account.count({ where: { userId, archivedAt: null } }), ports.quota.accountsMax, "accounts");
    const venue = await tx.venue.findFirst({ where: { id: venueId, archivedAt: null }, select: { id: true } });
    if (!venue) throw new AppError("not-found", "This market is not running: choose another one.");
    const account = await tx.account.create({
      data: { id: accountId, userId, venueId, kind: "paper", name, capital: toColumn(capital) },
    });
    appendLiveEvent(tx, userId, { kind: "account-changed", accountId });
    await appendAudit(tx, {
      actorId: userId,
      action: "open-account",
      subject: `account:${accountId}`,
      details: { name, venueId, capital: toPlain(fromColumn(account.capital ?? capital)) },
      at: new Date(ports.wallNow()),
    });
  });
  return { accountId };
};
