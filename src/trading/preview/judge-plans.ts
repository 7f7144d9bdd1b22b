import type { BotSettings } from "../bot-settings";
import type { ShownPrices } from "../cycle/view-market";
import type { Decision } from "../decision/basis/decision";
import type { EntryPlan } from "../decision/basis/entry-plan";
import { modeOf } from "../decision/decide";
import { isControl } from "../decision/is-control";
import { spreadFraction } from "../market/market-snapshot";
import { decimal, toPlain, ZERO, type Decimal } from "../money";
import type { MarketTerms } from "../ports";
import type { PositionSide } from "../portfolio/position-side";
import { assessDecisions, type AssessedDecision } from "../risk/assess-decisions";
import { NO_CALENDAR } from "../risk/basis/news-view";
import type { MarketView, PortfolioView } from "../risk/basis/risk-context";
import { riskLimitsSchema, type RiskLimits } from "../risk/risk-limits";
import { distancesOf, type Distances } from "./plan-distances";

/** A market as a new bot would find it; `shown` null: nobody has looked yet. */
export type FoundMarket = { readonly rules: MarketTerms; readonly shown: ShownPrices | null };

export type JudgedEntry = {
  readonly plan: EntryPlan;
  readonly side: PositionSide;
  readonly size: "least" | "most";
  readonly pair: string;
  /** The price that it was judged at, quote per base. */
  readonly price: Decimal;
  readonly stopLoss: Decimal | null;
  readonly assessed: AssessedDecision;
};

export type NewBot = { readonly settings: BotSettings; readonly capital: Decimal };

/** Where no price is known every price is as good: fractions decide. */
const PRICE = decimal(1000);

const NOTHING_SHOWN: ShownPrices = {
  referencePrice: null,
  bid: null,
  ask: null,
  quoteVolume24h: null,
  fundingRate: null,
};

const optional = (text: string | null): Decimal | null => (text === null ? null : decimal(text));

const viewOf = ({ rules, shown }: FoundMarket, { settings }: NewBot): MarketView => {
  const { referencePrice, bid, ask, quoteVolume24h, fundingRate } = shown ?? NOTHING_SHOWN;
  return {
    marketId: 1,
    rules,
    referencePrice: optional(referencePrice) ?? PRICE,
    candleValue: null,
    matching: settings.matching,
    spreadFraction: spreadFraction({ bid, ask }),
    quoteVolume24h: optional(quoteVolume24h),
    fundingRatePer8h: optional(fundingRate),
    dataAgeMs: 0,
  };
};

const freshBooks = (capital: Decimal): PortfolioView => ({
  initialCapital: capital,
  equity: capital,
  cash: capital,
  margin: ZERO,
  grossNotional: ZERO,
  positions: [],
  peakEquity: capital,
  dayStartEquity: capital,
  dayLowEquity: capital,
});

const STANDARD = riskLimitsSchema.parse({});

/** At which hours it may enter decides about no entry for good. */
const atAnyHour = (limits: RiskLimits): RiskLimits => {
  const { tradingHourFrom, tradingHourTo, tradingDayFirst, tradingDayLast } = STANDARD;
  return { ...limits, tradingHourFrom, tradingHourTo, tradingDayFirst, tradingDayLast };
};

const NOTHING_BEFORE = {
  entriesToday: 0,
  lastStopAt: null,
  lossPauseUntil: null,
  hasEnteredThisCandle: false,
  results: [],
};
const NOTHING_KNOWN = { rangeFraction: null, trendFraction: null, yearlyVolatility: null };

type Asked = Pick<JudgedEntry, "plan" | "side" | "size">;
type Priced = { readonly pair: string; readonly price: Decimal; readonly distances: Distances | null };

const decisionOf = ({ plan, side, size }: Asked, { pair, price, distances }: Priced): Decision => {
  const { score, sizeFraction } = plan[size];
  const level = (distance: number): string => toPlain(price.times(decimal(1).plus(distance)));
  const sign = side === "long" ? 1 : -1;
  return {
    pair,
    action: "open",
    side,
    decidedCandle: null,
    score,
    sizeFraction,
    leverage: plan.leverage,
    entryPrice: toPlain(price),
    stopLoss: distances && level(-sign * distances.stop),
    takeProfit: distances && level(sign * distances.target),
    invalidation: [],
    evidence: [],
    reason: { code: "entry", text: plan.name },
  };
};

const assess = ({ settings, capital }: NewBot, market: MarketView, decision: Decision): AssessedDecision => {
  const [assessed] = assessDecisions({
    time: 0,
    intervalSeconds: settings.intervalSeconds,
    isLive: false,
    tradingState: "active",
    isControl: isControl(settings),
    limits: atAnyHour(settings.risk),
    sizing: settings.sizing,
    dca: settings.dca,
    news: NO_CALENDAR,
    portfolio: freshBooks(capital),
    decisions: [{ marketId: market.marketId, decision }],
    marketOf: () => market,
    historyOf: () => NOTHING_BEFORE,
    conditionsOf: () => NOTHING_KNOWN,
    correlationsOf: () => [],
  });
  return assessed as AssessedDecision;
};

/** By the first distances that pass; by the last where none does. */
const judge = (bot: NewBot, asked: Asked, found: FoundMarket): JudgedEntry => {
  const market = viewOf(found, bot);
  const { pair } = found.rules;
  const price = market.referencePrice ?? PRICE;
  const [first = null, ...nearer] = distancesOf(asked.plan, asked.side, bot.settings.risk);
  const judgeBy = (distances: Distances | null): JudgedEntry => {
    const decision = decisionOf(asked, { pair, price, distances });
    const stopLoss = decision.stopLoss === null ? null : decimal(decision.stopLoss);
    return { ...asked, pair, price, stopLoss, assessed: assess(bot, market, decision) };
  };
  let judged = judgeBy(first);
  for (const distances of nearer) {
    if (judged.assessed.order !== null) return judged;
    judged = judgeBy(distances);
  }
  return judged;
};

const SIZES = ["least", "most"] as const;

/** What the gate would say to every kind of entry that a new bot may ask for, each as its first one. */
export const judgePlans = (bot: NewBot, markets: readonly FoundMarket[]): JudgedEntry[] => {
  const { settings } = bot;
  const plans = modeOf(settings).plans(settings.decision, settings.pairs.length);
  return plans.flatMap((plan) =>
    plan.sides.flatMap((side) =>
      SIZES.flatMap((size) => markets.map((market) => judge(bot, { plan, side, size }, market))),
    ),
  );
};
