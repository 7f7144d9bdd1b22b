import type { EquityChart } from "~/contracts/chart-view";
import { findEquityGaps } from "~/trading/performance/find-equity-gaps";
import type { Ports } from "../../ports";
import { decimal } from "~/trading/money";
import { returnOn } from "~/trading/performance/buy-and-hold";
import { holdFrom } from "./buy-and-hold";
import { loadEquityCurve, POINTS_MAX } from "./equity-curve";
import { loadEarlierIntervals } from "./earlier-intervals";
import { loadFirstSlot } from "./first-slot";
import { findOwnedBotWithSettings, type OwnedBot } from "../owned-bot";

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/** A bot's equity, its drawdown and what buying and holding would be worth. Throws AppError for another user's bot. */
export const getEquityChart = async (ports: Pick<Ports, "db">, of: OwnedBot): Promise<EquityChart> => {
  const bot = await findOwnedBotWithSettings(ports, of);
  const curve = await loadEquityCurve(ports.db, bot.id);
  const times = curve.map(({ at }) => seconds(at));
  const [held, startedAt, earlierOf] = await Promise.all([
    holdFrom(ports, bot, curve),
    loadFirstSlot(ports, bot.id),
    loadEarlierIntervals(ports.db, [bot]),
  ]);
  const { intervalSeconds } = bot.settings;
  const last = curve.at(-1);
  return {
    currency: bot.currency,
    equity: curve.map(({ at, equity }) => ({ time: seconds(at), value: equity })),
    buyAndHold: held.points,
    startedAt: startedAt && seconds(startedAt),
    returnFraction: last ? returnOn(bot.allotment, decimal(last.equity)).toNumber() : null,
    buyAndHoldFraction: held.fraction,
    drawdown: curve.map(({ at, drawdown }) => ({ time: seconds(at), value: drawdown })),
    gaps: findEquityGaps(times, { intervalSeconds, samples: POINTS_MAX, earlier: earlierOf(bot.id) }),
    openedAt: bot.openedAt === null ? null : seconds(bot.openedAt),
  };
};
