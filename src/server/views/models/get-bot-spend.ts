import { z } from "zod";
import type { BotModelSpend } from "~/contracts/model-spend";
import { asksModel } from "~/trading/cycle/model-question";
import { DAY_MS, HOUR_MS } from "~/trading/market/duration";
import { toPlain, ZERO, type Decimal } from "~/trading/money";
import { fromColumn, fromColumnOrNull } from "../../db/amounts";
import type { Ports } from "../../ports";
import type { OwnedBot } from "../../tenant/find-own";
import type { OwnBotId } from "../../tenant/own-id";
import { findOwnedBotWithSettings } from "../owned-bot";
import { loadDaySpend } from "./load-day-spend";
import { whyHeld } from "./why-held";

/** Of the settings of a mode that asks a model. */
const budgetSchema = z.object({ budgetPerDay: z.string() });

type Amount = { toString(): string };
/** `first`: when it asked for the first time since it was made; what a demo's bots asked before was in market time. */
type LastDay = { readonly cost: Amount | null; readonly calls: number; readonly first: Date | null };

const loadLastDay = async ({ db, wallNow }: Pick<Ports, "db" | "wallNow">, botId: OwnBotId): Promise<LastDay> => {
  const [row] = await db.$queryRaw<[LastDay]>`
    SELECT sum(cost) AS cost, count(*)::int AS calls,
      (SELECT min(asked_at) FROM model_calls WHERE bot_id = ${botId}::uuid
        AND asked_at >= (SELECT created_at FROM bots WHERE id = ${botId}::uuid)) AS first FROM model_calls
    WHERE bot_id = ${botId}::uuid AND asked_at > ${new Date(wallNow() - DAY_MS)}`;
  return row;
};

/** At most a day. */
const hoursSince = (first: Date | null, now: number): number =>
  first === null ? 0 : Math.min(DAY_MS, Math.max(0, now - first.getTime())) / HOUR_MS;

/** What a bot must earn to pay for its model: the share of its equity that it costs. */
const breakEvenOf = (cost: Decimal, equity: Decimal | null): number | null =>
  equity?.gt(0) === true ? cost.div(equity).toNumber() : null;

/** What a user's bot paid for its model lately. Throws AppError for another user's bot. */
export const getBotSpend = async (ports: Pick<Ports, "db" | "wallNow">, owned: OwnedBot): Promise<BotModelSpend> => {
  const bot = await findOwnedBotWithSettings(ports, owned);
  const [today, lastDay, memory, held] = await Promise.all([
    loadDaySpend(ports, bot.id),
    loadLastDay(ports, bot.id),
    ports.db.equityMemory.findUnique({ where: { botId: bot.id }, select: { equity: true } }),
    whyHeld(ports, { userId: owned.userId, botIds: asksModel(bot.settings) ? [bot.id] : [] }),
  ]);
  const { cost, calls, first } = lastDay;
  const spent = fromColumnOrNull(cost) ?? ZERO;
  return {
    botId: bot.id,
    today: today.spent,
    callsToday: today.calls,
    budget: budgetSchema.safeParse(bot.settings.decision).data?.budgetPerDay ?? null,
    lastDay: toPlain(spent),
    callsLastDay: calls,
    hours: hoursSince(first, ports.wallNow()),
    breakEven: breakEvenOf(spent, memory && fromColumn(memory.equity)),
    held: held.get(bot.id)?.text ?? null,
  };
};
