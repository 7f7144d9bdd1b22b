import type { EquityChart } from "~/contracts/chart-view";
import { findEquityGaps } from "~/trading/performance/find-equity-gaps";
import type { Ports } from "../../ports";
import { decimal, toPlain } from "~/trading/money";
import { startBefore, timeWeightedReturn } from "~/trading/performance/time-weighted-return";
import { holdFrom } from "./buy-and-hold";
import { loadEquityCurve, POINTS_MAX, type CurvePoint } from "./equity-curve";
import { loadFlows } from "../bot-flows";
import { loadEarlierIntervals } from "./earlier-intervals";
import { loadFirstSlot } from "./first-slot";
import type { OwnedBot } from "../../tenant/find-own";
import { findOwnedBotWithSettings } from "../owned-bot";

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/** A chart has one place a second: a flow comes a moment after a slot, and is the later of the two. */
const onePerSecond = (curve: readonly CurvePoint[]): CurvePoint[] =>
  curve.filter(({ at }, index) => {
    const next = curve[index + 1];
    return !next || seconds(next.at) !== seconds(at);
  });

/** A bot's equity, its drawdown and what buying and holding would be worth. Throws AppError for another user's bot. */
export const getEquityChart = async (ports: Pick<Ports, "db">, of: OwnedBot): Promise<EquityChart> => {
  const bot = await findOwnedBotWithSettings(ports, of);
  const curve = onePerSecond(await loadEquityCurve(ports.db, bot.id));
  const times = curve.map(({ at }) => seconds(at));
  const [held, flows, startedAt, earlierOf] = await Promise.all([
    holdFrom(ports, bot, curve),
    loadFlows(ports.db, bot.id),
    loadFirstSlot(ports, bot.id),
    loadEarlierIntervals(ports.db, { userId: of.userId, bots: [bot] }),
  ]);
  const { intervalSeconds } = bot.settings;
  const last = curve.at(-1);
  return {
    currency: bot.currency,
    equity: curve.map(({ at, equity }) => ({ time: seconds(at), value: equity })),
    buyAndHold: held.points,
    startedAt: startedAt && seconds(startedAt),
    returnFraction: last
      ? timeWeightedReturn(startBefore(bot.allotment, flows), flows, decimal(last.equity)).toNumber()
      : null,
    buyAndHoldFraction: held.fraction,
    drawdown: curve.map(({ at, drawdown }) => ({ time: seconds(at), value: drawdown })),
    flows: flows.map(({ at, amount }) => ({ time: Math.floor(at / 1000), amount: toPlain(amount) })),
    gaps: findEquityGaps(times, { intervalSeconds, samples: POINTS_MAX, earlier: earlierOf(bot.id) }),
    openedAt: bot.openedAt === null ? null : seconds(bot.openedAt),
  };
};
