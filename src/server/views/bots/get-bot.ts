import type { BotDetail } from "~/contracts/bot-detail";
import { describeSettings } from "~/trading/describe-settings";
import { DAY_MS } from "~/trading/market/duration";
import { toPlain } from "~/trading/money";
import { computePerformance } from "~/trading/performance/performance";
import { loadBuyAndHold } from "../history/buy-and-hold";
import { loadFirstSlot } from "../history/first-slot";
import { fromColumn } from "../../db/amounts";
import type { Ports } from "../../ports";
import { drawdownOf, loadBotFacts, type BotFacts } from "./load-bot-facts";
import { SPARKLINE_POINTS } from "./list-bots";
import type { OwnedBot } from "../../tenant/find-own";
import { notFound } from "../../tenant/not-found";
import type { OwnBotId } from "../../tenant/own-id";
import { findOwnedBotWithSettings } from "../owned-bot";
import { openProfitOf } from "./open-profit";
import { toBotRow, toPnlSplit } from "./to-bot-row";

type Life = {
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
};

/**
 * How a bot's cycles ended: those of days that were thinned by the counts of these days, younger ones by their rows. The
 * database plans by the day that it is told; a later one may have been thinned since.
 */
const loadLife = async ({ db }: Pick<Ports, "db">, botId: OwnBotId): Promise<Life> => {
  const { _max: thinned } = await db.cycleDay.aggregate({ where: { botId }, _max: { day: true } });
  const since = new Date(thinned.day ? thinned.day.getTime() + DAY_MS : 0);
  const [life] = await db.$queryRaw<Life[]>`
    SELECT (d.done + c.done)::int AS done, (d.skipped + c.skipped)::int AS skipped, (d.failed + c.failed)::int AS failed
    FROM (SELECT coalesce(sum(done), 0) AS done, coalesce(sum(skipped), 0) AS skipped, coalesce(sum(failed), 0) AS failed,
        coalesce((max(day) + 1)::timestamp AT TIME ZONE 'UTC', '-infinity') AS through
      FROM cycle_days WHERE bot_id = ${botId}::uuid) d
    CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE status = 'done') AS done,
        coalesce(sum(coalesce(missed_count, 1)) FILTER (WHERE status = 'skipped'), 0) AS skipped,
        count(*) FILTER (WHERE status IN ('failed', 'abandoned')) AS failed
      FROM cycles WHERE bot_id = ${botId}::uuid AND slot >= ${since} AND slot >= d.through) c`;
  return life ?? { done: 0, skipped: 0, failed: 0 };
};

/** As its ledger holds it; null: no model was paid for. */
const loadModelCost = async ({ db }: Pick<Ports, "db">, botId: OwnBotId): Promise<string | null> => {
  const kept = await db.botBalance.findFirst({ where: { botId, account: "modelCost" }, select: { amount: true } });
  return kept && toPlain(fromColumn(kept.amount));
};

type Held = { readonly startedAt: Date | null; readonly buyAndHoldFraction: number | null };

const performanceOf = (facts: BotFacts, { startedAt, buyAndHoldFraction }: Held): BotDetail["performance"] => {
  const { closed, profit, equityAt } = facts;
  const span = { from: startedAt?.getTime() ?? null, through: equityAt?.getTime() ?? null };
  const { expectancy, ...ratios } = computePerformance(closed, span);
  return {
    ...ratios,
    closed: toPnlSplit(profit.closed),
    unrealized: toPlain(openProfitOf(facts).unrealized),
    trades: closed.trades,
    wins: closed.wins,
    losses: closed.losses,
    expectancy: expectancy && toPlain(expectancy),
    maxDrawdown: drawdownOf(facts)?.max.toNumber() ?? null,
    returnFraction: facts.returnFraction,
    buyAndHoldFraction,
  };
};

/** One of a user's own bots, also an archived one, whole. Throws AppError; another user's bot counts as absent. */
export const getBot = async (ports: Pick<Ports, "db" | "wallNow">, owned: OwnedBot): Promise<BotDetail> => {
  const bot = await findOwnedBotWithSettings(ports, owned);
  const [facts] = await loadBotFacts(ports, owned, { samples: SPARKLINE_POINTS });
  if (!facts) throw notFound("bot");
  const [cycles, modelCost, startedAt, { fraction }] = await Promise.all([
    loadLife(ports, bot.id),
    loadModelCost(ports, bot.id),
    loadFirstSlot(ports, bot.id),
    loadBuyAndHold(ports, bot),
  ]);
  return {
    ...toBotRow(facts),
    settingsVersion: facts.bot.settingsVersion,
    settings: describeSettings(facts.settings),
    performance: performanceOf(facts, { startedAt, buyAndHoldFraction: fraction }),
    modelCost,
    openedAt: facts.bot.openedAt,
    startedAt,
    cycles,
  };
};
