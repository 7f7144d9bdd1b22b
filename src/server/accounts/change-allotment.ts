import { CYCLE_HAS_BOT, type ChangeAllotment } from "~/contracts/allotment";
import { formatMoney } from "~/trading/format-number";
import { decimal, toPlain, type Decimal } from "~/trading/money";
import { rememberFlow } from "~/trading/portfolio/allotment-flow";
import { computeEquity } from "~/trading/portfolio/equity";
import { postDeposit } from "~/trading/portfolio/ledger";
import { placeFlow } from "~/trading/portfolio/place-flow";
import { appendAudit } from "../audit/append-audit";
import { appendLedger } from "../books/ledger";
import { insertPoints } from "../books/mark-bots";
import { lockUser } from "../bots/lock-user";
import { fromColumn, toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import { appendLiveEvent } from "../live/append-live-event";
import type { Ports } from "../ports";
import { keyedId } from "../tenant/keyed-id";
import type { OwnBotId, OwnId } from "../tenant/own-id";
import { lockBot } from "../steering/lock-bot";
import { keepAlerts } from "./keep-alerts";
import { readFlowBot, type FlowBot } from "./read-flow-books";
import { refuseAllotment } from "./refuse-allotment";

type ChangePorts = Pick<Ports, "db" | "wallNow" | "newId">;
type Wanted = ChangeAllotment & { readonly userId: string };
type Changed = { readonly botId: string; readonly allotment: string };

/** A flow that is decided, in a bot that is locked. `at`: venue time, ms. */
type Flow = {
  readonly id: OwnId<"allotment">;
  readonly userId: string;
  readonly botId: OwnBotId;
  readonly amount: Decimal;
  readonly at: number;
};

const signedOf = ({ change, amount }: Wanted): Decimal => (change === "give" ? decimal(amount) : decimal(amount).neg());

/** What this form did already; null: nothing yet. Throws AppError where it was changed since. */
const findChanged = async (tx: Transaction, id: OwnId<"allotment">, wanted: Wanted): Promise<Changed | null> => {
  const flow = await tx.allotmentFlow.findUnique({ where: { id } });
  if (!flow) return null;
  const amount = fromColumn(flow.amount);
  if (flow.botId === wanted.botId && amount.eq(signedOf(wanted))) {
    return { botId: flow.botId, allotment: toPlain(fromColumn(flow.allotmentAfter)) };
  }
  const done = `${amount.gt(0) ? "gave" : "took back"} ${formatMoney(amount.abs())}`;
  throw new AppError("conflict", `This form already ${done}: begin a new form.`);
};

const busy = (): AppError => new AppError("conflict", `Nothing was moved: ${CYCLE_HAS_BOT}. Try again in a moment.`);

/** Throws AppError that says why nothing is moved, and what could be. */
const requireMovable = (bot: FlowBot, amount: Decimal): void => {
  const refused = refuseAllotment(bot, amount);
  if (!refused) return;
  const fields = refused.isOfAmount ? [{ path: "amount", message: refused.text }] : [];
  throw new AppError("conflict", `Nothing was moved: ${refused.text}.`, fields);
};

/** A bot that has marked no equity yet only begins with more or less: the time is that of what it was made with. */
const timeOf = ({ books, times }: FlowBot, now: number): number => {
  const lastPointAt = books.kept.memory?.last.at;
  const at = lastPointAt === undefined ? times.postedThrough : placeFlow({ ...times, now, lastPointAt });
  if (at === null) throw busy();
  return at;
};

const bookFlow = async (tx: Transaction, { books, currency }: FlowBot, { id, userId, botId, amount, at }: Flow) => {
  const { balances, memory } = books.kept;
  await appendLedger(tx, postDeposit({ id: `flow:${id}`, amount, at }), { botId, currency });
  if (memory === null) return;
  const { equity: before } = computeEquity(balances, books.positions);
  const after = computeEquity({ ...balances, cash: balances.cash.plus(amount) }, books.positions);
  const { peak } = rememberFlow(memory, { at, before, amount }).last;
  await tx.$executeRaw(insertPoints([{ ...after, botId, at, peak, flow: amount }]));
  await keepAlerts(tx, { userId, botId, from: memory.last.peak, to: peak });
};

type Recording = { readonly ports: ChangePorts; readonly bot: FlowBot; readonly flow: Flow };

/** The row of the flow, and everybody who is told of it. */
const recordFlow = async (tx: Transaction, { ports, bot, flow }: Recording): Promise<string> => {
  const { accountId, accountName } = bot;
  const { id, userId, botId, amount } = flow;
  const [at, movedAt] = [new Date(flow.at), new Date(ports.wallNow())];
  const allotment = bot.allotment.plus(amount);
  const after = toColumn(allotment);
  await tx.bot.update({ where: { id: botId }, data: { allotment: after } });
  await tx.allotmentFlow.create({
    data: { id, botId, actorId: userId, amount: toColumn(amount), allotmentAfter: after, at, movedAt },
  });
  const moved = formatMoney(amount.abs());
  const what = amount.gt(0) ? `Got ${moved} of ${accountName}` : `Gave ${moved} back to ${accountName}`;
  const text = `${what}: it is allotted ${formatMoney(allotment)} now`;
  const details = { flowId: id, accountId, amount: toPlain(amount), allotmentAfter: toPlain(allotment) };
  const kind = "allotmentChanged";
  await tx.activity.create({ data: { id: ports.newId(), userId, botId, kind, text, details, at } });
  appendLiveEvent(tx, userId, { kind: "allotment-changed", botId, accountId, text: `${bot.name}: ${text}` });
  const subject = `bot:${botId}`;
  await appendAudit(tx, { actorId: userId, action: "change-allotment", subject, details, at: movedAt });
  return toPlain(allotment);
};

/**
 * Gives a bot more of its account's free money, or takes some of it back there: once for each `key`, however often it is
 * sent at once. It is no profit, drawdown or peak of the bot. Throws AppError: `not-found` for a bot that is not there or
 * not the user's, `conflict` where the money is not free, is needed, or a cycle has the bot.
 */
export const changeAllotment = (ports: ChangePorts, wanted: Wanted): Promise<Changed> => {
  const { userId } = wanted;
  const id = keyedId("allotment", wanted);
  const amount = signedOf(wanted);
  return inTransaction(ports.db, async (tx) => {
    await lockUser(tx, userId);
    const changed = await findChanged(tx, id, wanted);
    if (changed) return changed;
    // Whose it is comes first: nobody waits for, or learns of, somebody else's bot.
    const { botId } = await readFlowBot(tx, wanted);
    const locked = await lockBot(tx, botId, ports.wallNow());
    if (!locked) throw busy();
    const bot = await readFlowBot(tx, wanted);
    requireMovable(bot, amount);
    const flow = { id, userId, botId, amount, at: timeOf(bot, locked.now) };
    await bookFlow(tx, bot, flow);
    return { botId, allotment: await recordFlow(tx, { ports, bot, flow }) };
  });
};
