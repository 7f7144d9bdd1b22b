import type { BotDetail } from "~/contracts/bot-detail";
import { describeSettings } from "~/trading/describe-settings";
import { toPlain } from "~/trading/money";
import { returnOn } from "~/trading/performance/buy-and-hold";
import { computePerformance } from "~/trading/performance/performance";
import { AppError } from "../../errors";
import { loadBuyAndHold } from "../history/buy-and-hold";
import { loadFirstSlot } from "../history/first-slot";
import type { Ports } from "../../ports";
import { drawdownOf, loadBotFacts, type BotFacts } from "./load-bot-facts";
import { SPARKLINE_POINTS } from "./list-bots";
import type { OwnedBot } from "../owned-bot";
import { toBotRow, toPnlSplit } from "./to-bot-row";

type Life = {
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
};

/** How a bot's cycles ended, those that were thinned away among them. */
const loadLife = async ({ db }: Pick<Ports, "db">, botId: string): Promise<Life> => {
  const [life] = await db.$queryRaw<Life[]>`
    SELECT c.done + d.done AS done, c.skipped + d.skipped AS skipped, c.failed
    FROM (SELECT (count(*) FILTER (WHERE status = 'done'))::int AS done,
        coalesce(sum(coalesce(missed_count, 1)) FILTER (WHERE status = 'skipped'), 0)::int AS skipped,
        (count(*) FILTER (WHERE status IN ('failed', 'abandoned')))::int AS failed
      FROM cycles WHERE bot_id = ${botId}::uuid) c,
      (SELECT coalesce(sum(done), 0)::int AS done, coalesce(sum(skipped), 0)::int AS skipped
      FROM cycle_days WHERE bot_id = ${botId}::uuid) d`;
  return life ?? { done: 0, skipped: 0, failed: 0 };
};

type Held = { readonly startedAt: Date | null; readonly buyAndHoldFraction: number | null };

const performanceOf = (facts: BotFacts, { startedAt, buyAndHoldFraction }: Held): BotDetail["performance"] => {
  const { closed, profit, capital, equity, equityAt } = facts;
  const span = { from: startedAt?.getTime() ?? null, through: equityAt?.getTime() ?? null };
  const { expectancy, ...ratios } = computePerformance(closed, span);
  return {
    ...ratios,
    closed: toPnlSplit(profit.closed),
    unrealized: toPlain(profit.unrealized),
    trades: closed.trades,
    wins: closed.wins,
    losses: closed.losses,
    expectancy: expectancy && toPlain(expectancy),
    maxDrawdown: drawdownOf(facts)?.max.toNumber() ?? null,
    returnFraction: equity && returnOn(capital, equity).toNumber(),
    buyAndHoldFraction,
  };
};

/** One of a user's own bots, also an archived one, whole. Throws AppError; another user's bot counts as absent. */
export const getBot = async (ports: Pick<Ports, "db" | "wallNow">, owned: OwnedBot): Promise<BotDetail> => {
  const [facts] = await loadBotFacts(ports, owned, SPARKLINE_POINTS);
  if (!facts) throw new AppError("not-found", "Bot not found: it does not exist or belongs to another user.");
  const [cycles, startedAt, { fraction }] = await Promise.all([
    loadLife(ports, owned.botId),
    loadFirstSlot(ports, owned.botId),
    loadBuyAndHold(ports, owned.botId),
  ]);
  return {
    ...toBotRow(facts),
    settingsVersion: facts.bot.settingsVersion,
    settings: describeSettings(facts.settings),
    performance: performanceOf(facts, { startedAt, buyAndHoldFraction: fraction }),
    openedAt: facts.bot.openedAt,
    startedAt,
    cycles,
  };
};
