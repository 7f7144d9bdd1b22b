import { HOUR_MS } from "../../market/duration";
import type { Decimal } from "../../money";
import type { PlannedCondition } from "../../portfolio/exit-plan";
import type { PositionSide } from "../../portfolio/position-side";
import { utcMinute } from "../../utc-minute";
import { toFact, toQuoteFact, toWordFact, type Fact } from "./fact";
import { PERCENT } from "./percent";
import { quoteText } from "./quote-text";

const THESIS_MAX = 300;

/** An open position as the model is told of it. Money is in quote currency; times in ms of venue time. */
type HeldToTell = {
  readonly pair: string;
  readonly side: PositionSide;
  readonly entryPrice: Decimal;
  readonly mark: Decimal;
  readonly stopLoss: Decimal | null;
  readonly takeProfit: Decimal | null;
  readonly unrealized: Decimal;
  readonly openedAt: number;
  /** What it was opened for, in the words of the decision; null: nobody said. */
  readonly thesis: string | null;
  /** What closes it beside its stop and its target. */
  readonly conditions: readonly PlannedCondition[];
};

export type PortfolioToTell = {
  readonly time: number;
  readonly equity: Decimal;
  readonly available: Decimal;
  readonly positions: readonly HeldToTell[];
  /** Of one fill, a fraction. */
  readonly takerFeeRate: Decimal;
  /** The least and the largest distance of a stop from the entry, fractions. */
  readonly stopDistanceMin: number;
  readonly stopDistanceMax: number;
  /** What a target gains at least, after costs, as a multiple of what the stop loses. */
  readonly rewardRiskMin: number;
  readonly positionsMax: number;
};

const gainOf = ({ side, entryPrice, mark }: HeldToTell): number =>
  (side === "long" ? 1 : -1) * mark.div(entryPrice).minus(1).times(PERCENT).toNumber();

const conditionText = (condition: PlannedCondition): string =>
  condition.on === "close"
    ? `it closes after ${condition.candles} closes in a row ${condition.operator === "<" ? "below" : "above"}`
    : `it closes at ${utcMinute(new Date(condition.at))} unless this was reached`;

const conditionFact = (pair: string, condition: PlannedCondition, index: number): Fact => {
  const price = condition.on === "close" ? condition.price : condition.unlessPrice;
  return toFact(`${pair}.position.invalidation${index + 1}`, conditionText(condition), [Number(price), "price"]);
};

const positionFacts = (held: HeldToTell, time: number): Fact[] => {
  const at = (name: string): string => `${held.pair}.position.${name}`;
  return [
    toWordFact(at("side"), "open position", held.side),
    toFact(at("entry"), "its entry", [held.entryPrice.toNumber(), "price"]),
    toFact(at("mark"), "its last price", [held.mark.toNumber(), "price"]),
    toFact(at("gain"), "its gain before fees", [gainOf(held), "percent"]),
    toFact(at("unrealized"), "that in money", [held.unrealized.toNumber(), "money"]),
    toFact(at("stop"), "its stop", [held.stopLoss?.toNumber(), "price"]),
    toFact(at("target"), "its target", [held.takeProfit?.toNumber(), "price"]),
    toFact(at("age"), "open for", [(time - held.openedAt) / HOUR_MS, "hours"]),
    toQuoteFact(
      at("thesis"),
      "what it was opened for",
      held.thesis === null ? null : quoteText(held.thesis, THESIS_MAX),
    ),
    ...held.conditions.map((condition, index) => conditionFact(held.pair, condition, index)),
  ];
};

/** What the bot has and may do. */
export const portfolioFacts = (portfolio: PortfolioToTell): Fact[] => {
  const { time, equity, available, positions, takerFeeRate, positionsMax } = portfolio;
  const { stopDistanceMin, stopDistanceMax, rewardRiskMin } = portfolio;
  return [
    toFact("portfolio.equity", "equity of this bot", [equity.toNumber(), "money"]),
    toFact("portfolio.available", "of it not in positions", [available.toNumber(), "money"]),
    toFact("portfolio.positions", "open positions", [positions.length, "count"]),
    toFact("limits.positions", "open positions at most", [positionsMax, "count"]),
    toFact("limits.stop-distance-min", "a stop is at least so far from the entry", [
      stopDistanceMin * PERCENT,
      "percent",
    ]),
    toFact("limits.stop-distance", "a stop is at most so far from the entry", [stopDistanceMax * PERCENT, "percent"]),
    toFact("limits.reward-to-risk", "a target gains at least so much of what the stop loses, after costs", [
      rewardRiskMin,
      "times",
    ]),
    toFact("costs.round-trip", "fees of an entry and its exit", [
      takerFeeRate.times(2 * PERCENT).toNumber(),
      "percent",
    ]),
    ...positions.flatMap((held) => positionFacts(held, time)),
  ];
};
