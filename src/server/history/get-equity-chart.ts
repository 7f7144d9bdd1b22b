import type { EquityChart } from "~/contracts/chart-view";
import { findEquityGaps } from "~/trading/portfolio/find-equity-gaps";
import type { Ports } from "../ports";
import { holdFrom, type HoldPoint } from "./buy-and-hold";
import { loadEquityCurve, POINTS_MAX } from "./equity-curve";
import { getOwnBot, type BotOf } from "./own-bot";

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

const toPoint = ({ time, value }: HoldPoint) => ({ time, value });

/** A bot's equity, its drawdown and what buying and holding would be worth. Throws AppError for another user's bot. */
export const getEquityChart = async (ports: Pick<Ports, "db">, of: BotOf): Promise<EquityChart> => {
  const bot = await getOwnBot(ports, of);
  const curve = await loadEquityCurve(ports.db, bot.id);
  const times = curve.map(({ at }) => seconds(at));
  const held = await holdFrom(ports, bot, curve);
  return {
    currency: bot.currency,
    equity: curve.map(({ at, equity }) => ({ time: seconds(at), value: equity })),
    buyAndHold: held.points.map(toPoint),
    drawdown: curve.map(({ at, drawdown }) => ({ time: seconds(at), value: drawdown })),
    gaps: findEquityGaps(times, { intervalSeconds: bot.settings.intervalSeconds, samples: POINTS_MAX }),
    openedAt: bot.openedAt === null ? null : seconds(bot.openedAt),
  };
};
