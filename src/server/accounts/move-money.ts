import type { FlowKind, MoveMoney } from "~/contracts/accounts-view";
import { formatMoney, formatMoneyAtMost } from "~/trading/format-number";
import { decimal, toPlain, type Decimal } from "~/trading/money";
import { afterFlow } from "~/trading/portfolio/account-flow";
import { appendAudit } from "../audit/append-audit";
import { requirePaperAccount, type PaperAccount } from "../bots/account-money";
import { lockUser } from "../bots/lock-user";
import { fromColumn, toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import { appendLiveEvent } from "../live/append-live-event";
import type { Ports } from "../ports";
import { keyedId } from "../tenant/keyed-id";
import type { OwnId } from "../tenant/own-id";

type MovePorts = Pick<Ports, "db" | "wallNow">;
type Wanted = MoveMoney & { readonly userId: string; readonly kind: FlowKind };

/** Whether this form moved its money already. Throws AppError where it was changed since. */
const isMoved = async (tx: Transaction, id: OwnId<"flow">, { accountId, kind, amount }: Wanted): Promise<boolean> => {
  const flow = await tx.accountFlow.findUnique({ where: { id } });
  if (!flow) return false;
  if (flow.accountId === accountId && flow.kind === kind && fromColumn(flow.amount).eq(amount)) return true;
  const done = `${flow.kind === "deposit" ? "paid in" : "took out"} ${formatMoney(fromColumn(flow.amount))}`;
  throw new AppError("conflict", `This form already ${done}: begin a new form.`);
};

/** What the account's capital is then. Throws AppError that says what is free. */
const capitalAfter = ({ capital, free, shortfall }: PaperAccount, { kind, amount }: Wanted): Decimal => {
  if (capital === null || free === null || shortfall === null) {
    throw new AppError("conflict", "What was paid into this account is not known, so nothing can be moved.");
  }
  const moved = afterFlow({ capital, free, shortfall }, { kind, amount: decimal(amount) });
  if (moved.outcome === "moved") return moved.capital;
  const message = `only ${formatMoneyAtMost(moved.free)} of the account are free: enter at most that`;
  const advice = "What bots hold comes free when it is taken back or they are archived.";
  throw new AppError("conflict", `Nothing was taken out: ${message}. ${advice}`, [{ path: "amount", message }]);
};

/**
 * Pays money into a paper account, or takes out of it what no bot needs: once for each `key`, however often it is sent
 * at once. It moves no bot's books, and so no profit, drawdown or peak. Throws AppError: `not-found` for an account that is
 * not there or not the user's, `conflict` where less is free.
 */
export const moveMoney = async (ports: MovePorts, wanted: Wanted): Promise<{ readonly accountId: string }> => {
  const { userId, accountId, kind } = wanted;
  const flowId = keyedId("flow", wanted);
  await inTransaction(ports.db, async (tx) => {
    await lockUser(tx, userId);
    if (await isMoved(tx, flowId, wanted)) return;
    const capital = toColumn(capitalAfter(await requirePaperAccount(tx, wanted), wanted));
    const [amount, at] = [toColumn(decimal(wanted.amount)), new Date(ports.wallNow())];
    await tx.accountFlow.create({
      data: { id: flowId, accountId, actorId: userId, kind, amount, capitalAfter: capital, at },
    });
    await tx.account.update({ where: { id: accountId, userId }, data: { capital } });
    appendLiveEvent(tx, userId, { kind: "account-changed", accountId });
    const details = { flowId, amount: toPlain(decimal(wanted.amount)), capitalAfter: capital };
    await appendAudit(tx, { actorId: userId, action: kind, subject: `account:${accountId}`, details, at });
  });
  return { accountId };
};
