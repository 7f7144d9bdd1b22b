import type { Overview } from "~/contracts/overview-view";
import { isControl } from "~/trading/decision/is-control";
import { decimal, sumOf, toPlain, type Decimal } from "~/trading/money";
import { inPresentMoney, startBefore } from "~/trading/performance/time-weighted-return";
import { computeWorstCase, sumWorstCases } from "~/trading/performance/worst-case";
import { loadBotFacts, type BotFacts } from "../bots/load-bot-facts";
import { openProfitOf } from "../bots/open-profit";
import { selectBotIds } from "../bots/select-bot-ids";
import { toBotRow } from "../bots/to-bot-row";
import { findEquityGaps, type EarlierInterval } from "~/trading/performance/find-equity-gaps";
import type { Ports } from "../../ports";
import { loadEarlierIntervals } from "../history/earlier-intervals";
import { listActivity } from "./list-activity";
import { listAttention } from "./list-attention";

const POINTS_MAX = 200;
/** Lines that a chart can tell apart, and bots that fit beside it: those with the most capital. */
const LINES_MAX = 12;
const ACTIVITY_MAX = 40;
const CURRENCY = "USDT";

/** Equity now, or the capital of a bot that has marked none yet. */
const equityOf = ({ equity, capital }: BotFacts): Decimal => equity ?? capital;

const dayStartOf = ({ day, capital }: BotFacts): Decimal => day.dayStart ?? capital;

/** A part of a whole that may be gone: then it is unknown. */
const fractionOf = (part: Decimal, whole: Decimal): number | null => (whole.gt(0) ? part.div(whole).toNumber() : null);

type Line = Overview["lines"][number];

/** The newest point is as old as its slot: a line ends with equity as it is now, as a bot's row says it. */
const pointsOf = ({ curve, equity, equityAt }: BotFacts): Line["points"] => {
  const marked = [
    ...new Map(
      (curve?.times ?? []).map((time, index) => [Math.floor(time), decimal(curve?.values[index] ?? NaN).toNumber()]),
    ),
  ].map(([time, value]) => ({ time, value }));
  if (!equity || !equityAt) return marked;
  const now = { time: Math.floor(equityAt.getTime() / 1000), value: equity.toNumber() };
  return [...marked.filter(({ time }) => time < now.time), now];
};

const lineOf = (facts: BotFacts, samples: number, earlier: readonly EarlierInterval[]): Line => {
  const { bot, settings, flows } = facts;
  const capital = inPresentMoney(startBefore(facts.capital, flows), Number.NEGATIVE_INFINITY, flows);
  const points = pointsOf(facts);
  const gaps = findEquityGaps(
    points.map(({ time }) => time),
    { intervalSeconds: bot.intervalSeconds, samples, earlier },
  );
  return { botId: bot.id, name: bot.name, isControl: isControl(settings), capital: capital.toNumber(), points, gaps };
};

const moneyOf = (bots: readonly BotFacts[]) => {
  const equity = sumOf(bots.map(equityOf));
  const dayStart = sumOf(bots.map(dayStartOf));
  const today = equity.minus(dayStart);
  const worst = bots.flatMap(({ open }) => open.map((position) => computeWorstCase(position, position)));
  const openRisk = sumWorstCases(worst).lossIfEveryStopFills;
  return {
    currency: bots[0]?.bot.currency ?? CURRENCY,
    equity: toPlain(equity),
    capital: toPlain(sumOf(bots.map(({ capital }) => capital))),
    today: toPlain(today),
    todayFraction: fractionOf(today, dayStart),
    unrealized: toPlain(sumOf(bots.map((facts) => openProfitOf(facts).unrealized))),
    openRisk: toPlain(openRisk),
    withoutStop: worst.filter(({ lossAtStop }) => lossAtStop === null).length,
    openRiskFraction: fractionOf(openRisk, equity),
  };
};

/** Everything of a user at a glance: bots that are not archived, what they hold, what happened and what needs a look. */
export const getOverview = async (ports: Pick<Ports, "db" | "wallNow">, userId: string): Promise<Overview> => {
  const sorting = { by: "allotment", order: "desc" } as const;
  const largest = await selectBotIds(ports.db, { userId }, { sorting, place: null, limit: LINES_MAX });
  const drawn = new Set(largest.map(({ id }) => id));
  const bots = await loadBotFacts(ports, { userId }, { samples: POINTS_MAX, sampled: { userId, botIds: [...drawn] } });
  const watched = bots.map((facts) => ({ facts, row: toBotRow(facts) }));
  const edited = bots.flatMap(({ bot }) => (drawn.has(bot.id) ? [bot] : []));
  const earlierOf = await loadEarlierIntervals(ports.db, { userId, bots: edited });
  return {
    ...moneyOf(bots),
    bots: bots.length,
    running: bots.filter(({ bot }) => bot.status === "running").length,
    openPositions: bots.reduce((total, { open }) => total + open.length, 0),
    lines: bots
      .filter(({ bot }) => drawn.has(bot.id))
      .map((facts) => lineOf(facts, POINTS_MAX, earlierOf(facts.bot.id))),
    ...(await listAttention(ports, userId, watched)),
    activity: await listActivity(ports, { userId }, ACTIVITY_MAX),
  };
};
