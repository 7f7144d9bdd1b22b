import type { Decimal } from "../../../money";
import type { PositionSide } from "../../../portfolio/position-side";
import { toFact, toWordFact, type Fact } from "./fact";

const PERCENT = 100;
const HOUR_MS = 3_600_000;

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
};

export type PortfolioToTell = {
  readonly time: number;
  readonly equity: Decimal;
  readonly available: Decimal;
  readonly positions: readonly HeldToTell[];
  /** Of one fill, a fraction. */
  readonly takerFeeRate: Decimal;
  /** The largest distance of a stop from the entry, a fraction. */
  readonly stopDistanceMax: number;
  readonly positionsMax: number;
};

const gainOf = ({ side, entryPrice, mark }: HeldToTell): number =>
  (side === "long" ? 1 : -1) * mark.div(entryPrice).minus(1).times(PERCENT).toNumber();

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
  ];
};

/** What the bot has and may do. */
export const portfolioFacts = (portfolio: PortfolioToTell): Fact[] => {
  const { time, equity, available, positions, takerFeeRate, stopDistanceMax, positionsMax } = portfolio;
  return [
    toFact("portfolio.equity", "equity of this bot", [equity.toNumber(), "money"]),
    toFact("portfolio.available", "of it not in positions", [available.toNumber(), "money"]),
    toFact("portfolio.positions", "open positions", [positions.length, "count"]),
    toFact("limits.positions", "open positions at most", [positionsMax, "count"]),
    toFact("limits.stop-distance", "a stop is at most so far from the entry", [stopDistanceMax * PERCENT, "percent"]),
    toFact("costs.round-trip", "fees of an entry and its exit", [
      takerFeeRate.times(2 * PERCENT).toNumber(),
      "percent",
    ]),
    ...positions.flatMap((held) => positionFacts(held, time)),
  ];
};
