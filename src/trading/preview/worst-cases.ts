import { feeOf } from "../execution/fees";
import { isControl } from "../decision/is-control";
import { maxOf, minOf, decimal, toMoney, ZERO, type Decimal } from "../money";
import { computeWorstCase } from "../performance/worst-case";
import { quantityToCome } from "../portfolio/entry-legs";
import { dailyLoss } from "../risk/basis/daily-loss";
import { VENUE_CATALOGUE } from "../venue-catalogue";
import { judgePlans, type FoundMarket, type JudgedEntry, type NewBot } from "./judge-plans";

/** What one entry would be and lose at the worst, positive amounts of quote currency. Null: it has no stop. */
type TradeCase = {
  readonly value: Decimal;
  readonly margin: Decimal;
  readonly atStop: Decimal | null;
  readonly atGap: Decimal | null;
  readonly ofAll: Decimal;
};

export type WorstCases = {
  /** The largest loss of one trade, and the smallest and largest value of an entry. */
  readonly trade: TradeCase;
  readonly valueLeast: Decimal;
  /** So many positions at once, each as large, as far as all limits let them. */
  readonly positions: number;
  readonly allStops: Decimal;
  readonly allGaps: Decimal;
  /** Of a UTC day: what is open at its start, and what may be lost before entries end. */
  readonly day: Decimal;
};

/** A step so fine that no amount is rounded by it. */
const STEP = "0.00000001";
const PAIR = "ANY/USDT";

/** A market that rounds nothing and refuses nothing of its own. */
const neutralMarket = ({ settings: { marketType } }: NewBot): FoundMarket => ({
  rules: {
    pair: PAIR,
    marketType,
    tick: STEP,
    lot: STEP,
    contractSize: "1",
    quantityMin: STEP,
    notionalMin: null,
    leverageMax: null,
    takerFeeRate: VENUE_CATALOGUE.okx.fees.taker.toFixed(),
  },
  shown: null,
});

const takerFeeRate = VENUE_CATALOGUE.okx.fees.taker;

/** From entry to exit with both fees, before slippage; null: the gate refused it. */
const caseOf = ({ plan, side, price, stopLoss, assessed }: JudgedEntry, { settings }: NewBot): TradeCase | null => {
  const { order } = assessed;
  if (order === null) return null;
  const leverage = decimal(plan.leverage);
  const { matching } = settings;
  const position = { side, quantity: order.quantity, entryPrice: price, leverage, stopLoss, mark: price, matching };
  const worst = computeWorstCase({ ...position, entryLegs: order.legs }, { tick: decimal(STEP), takerFeeRate });
  const entryFee = feeOf(price, order.quantity, takerFeeRate);
  const lost = (result: Decimal | null): Decimal | null => result && toMoney(entryFee.minus(result));
  const value = toMoney(order.quantity.plus(quantityToCome(order.legs)).times(price));
  return {
    value,
    margin: toMoney(value.div(leverage)),
    atStop: lost(worst.lossAtStop),
    atGap: lost(worst.lossAtGap),
    ofAll: toMoney(entryFee.minus(worst.lossOfAll)),
  };
};

const lossOf = ({ atStop, ofAll }: TradeCase): Decimal => atStop ?? ofAll;

/** How many such positions the limits let be open at once; a part of one counts as a part. */
const openAtOnce = ({ settings, capital }: NewBot, { value, margin }: TradeCase): Decimal => {
  const { risk, pairs } = settings;
  const count = decimal(Math.min(risk.openPositionsMax, pairs.length));
  return minOf(
    count,
    capital.times(risk.totalMarginMax).div(margin),
    capital.times(risk.grossNotionalMax).div(value),
    capital.div(margin),
  );
};

/**
 * What a new bot may lose at the worst by its settings, on its capital as it begins. Null: no entry of it has a size
 * before a market is read, or the gate refuses all of them.
 */
export const findWorstCases = (bot: NewBot): WorstCases | null => {
  const judged = judgePlans(bot, [neutralMarket(bot)]);
  const cases = judged.flatMap((entry) => caseOf(entry, bot) ?? []);
  const [first, ...others] = cases;
  if (first === undefined) return null;
  const trade = others.reduce((worst, each) => (lossOf(each).gt(lossOf(worst)) ? each : worst), first);
  const { settings, capital } = bot;
  const together = openAtOnce(bot, trade);
  const atMost = (loss: Decimal): Decimal => toMoney(minOf(loss, capital));
  const allStops = atMost(lossOf(trade).times(together));
  const { limit } = dailyLoss(
    { dayStartEquity: capital, dayLowEquity: capital, initialCapital: capital },
    settings.risk,
  );
  const before = minOf(limit, lossOf(trade).times(settings.risk.tradesPerDayMax));
  return {
    trade,
    valueLeast: minOf(first.value, ...others.map(({ value }) => value)),
    positions: Math.min(settings.risk.openPositionsMax, settings.pairs.length),
    allStops,
    allGaps: atMost((trade.atGap ?? trade.ofAll).times(together)),
    // The control is bound by no daily loss, and holds what it bought.
    day: atMost(allStops.plus(isControl(settings) ? ZERO : maxOf(before, ZERO))),
  };
};
