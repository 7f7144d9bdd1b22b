import type { Decision } from "../../decision/basis/decision";
import type { MarketDecision } from "../../decision/basis/market-decision";
import { fillMarketOrder } from "../../execution/fill-market-order";
import { decimal } from "../../money";
import type { MarketTerms } from "../../ports";
import { marginOf } from "../../portfolio/position";
import { NO_CALENDAR } from "../basis/news-view";
import type {
  EntryRequest,
  HistoryView,
  MarketConditions,
  MarketView,
  PortfolioView,
  RiskContext,
  SizedEntry,
} from "../basis/risk-context";
import type { SizeSteps } from "../basis/size-steps";
import type { UserLimits, UserSums } from "../basis/user-view";
import { riskLimitsSchema } from "../risk-limits";
import { RISK_RULES, type LimitName } from "../risk-rules";
import { rulesOn } from "../rule-book";
import { MODE_SIZING } from "../sizing/sizing-settings";
import { sizeEntry } from "../size-entry";
import { wantSize, type SizeQuestion } from "../sizing/want-size";

/** 2024-01-01T12:00Z, on every grid up to 12 hours. */
export const SLOT = 1_704_110_400_000;

const buildRules = (overrides: Partial<MarketTerms> = {}): MarketTerms => ({
  pair: "BTC/USDT",
  marketType: "swap",
  tick: "0.1",
  lot: "0.001",
  contractSize: "1",
  quantityMin: "0.001",
  notionalMin: null,
  leverageMax: null,
  takerFeeRate: "0.0005",
  ...overrides,
});

/** A decision to open a long at 1000 with stop 950 and target 1100, a tenth of equity. */
export const buildDecision = (overrides: Partial<Decision> = {}): Decision => ({
  pair: "BTC/USDT",
  action: "open",
  side: "long",
  decidedCandle: SLOT - 3_600_000,
  score: 0.8,
  sizeFraction: 0.1,
  leverage: 1,
  entryPrice: "1000",
  stopLoss: "950",
  takeProfit: "1100",
  invalidation: [],
  evidence: [],
  reason: { code: "planted", text: "for a test" },
  ...overrides,
});

/** The market ids of the pairs, where each pair has one market. BTC/USDT is first. */
const PAIRS = ["BTC/USDT", ..."A B C D E F L S".split(" ").map((letter) => `${letter}/USDT`)];
export const marketIdOf = (pair: string): number => PAIRS.indexOf(pair) + 1;
export const pairOf = (marketId: number): string => PAIRS[marketId - 1] ?? "none";

/** A decision about the one market of its pair. */
export const inItsMarket = (decision: Decision): MarketDecision => ({
  marketId: marketIdOf(decision.pair),
  decision,
});

export const buildEntry = (overrides: Partial<EntryRequest> = {}): EntryRequest => ({
  decision: buildDecision(),
  side: "long",
  sizeFraction: 0.1,
  leverage: decimal(1),
  stopLoss: decimal(950),
  takeProfit: decimal(1100),
  ...overrides,
});

/** A liquid swap at 1000; `rules` may be given in part. */
export const buildMarket = ({
  rules,
  ...overrides
}: Partial<Omit<MarketView, "rules">> & { readonly rules?: Partial<MarketTerms> } = {}): MarketView => ({
  marketId: 1,
  rules: buildRules(rules),
  referencePrice: decimal(1000),
  candleValue: decimal(1_000_000),
  spreadFraction: decimal("0.0002"),
  quoteVolume24h: decimal(50_000_000),
  fundingRatePer8h: decimal("0.0001"),
  dataAgeMs: 0,
  ...overrides,
});

/** Books with 10,000 in cash and no positions. */
export const buildPortfolio = (overrides: Partial<PortfolioView> = {}): PortfolioView => ({
  initialCapital: decimal(10_000),
  equity: decimal(10_000),
  cash: decimal(10_000),
  margin: decimal(0),
  grossNotional: decimal(0),
  positions: [],
  peakEquity: decimal(10_000),
  dayStartEquity: decimal(10_000),
  dayLowEquity: decimal(10_000),
  ...overrides,
});

export const buildHistory = (overrides: Partial<HistoryView> = {}): HistoryView => ({
  entriesToday: 0,
  entriesThisCycle: 0,
  lastStopAt: null,
  lossPauseUntil: null,
  hasEnteredThisCandle: false,
  results: [],
  ...overrides,
});

/** A rising market whose candles range over 1 % of the price, and which moves by 60 % a year. */
export const buildConditions = (overrides: Partial<MarketConditions> = {}): MarketConditions => ({
  rangeFraction: 0.01,
  trendFraction: 0.05,
  yearlyVolatility: 0.6,
  ...overrides,
});

const STEPS: SizeSteps = { method: "mode", share: "0.1", of: "margin", factor: "1", basis: null, wanted: "1000" };

/** One unit bought at 1000, with overrides. Rules judge these numbers and do not recompute them. */
export const buildOrder = (overrides: Partial<SizedEntry> = {}): SizedEntry => {
  const [price, quantity, takerFeeRate] = [decimal(1000), decimal(1), decimal("0.0005")];
  const fill = fillMarketOrder({
    side: "buy",
    quantity,
    referencePrice: price,
    tick: decimal("0.1"),
    takerFeeRate,
    candleValue: null,
  });
  return {
    quantity,
    firstQuantity: overrides.quantity ?? quantity,
    legs: [],
    price,
    slippage: fill.slippage,
    notional: price,
    margin: marginOf(price, quantity, decimal(1)),
    fee: decimal("0.5"),
    takerFeeRate,
    resizedBy: null,
    steps: STEPS,
    ...overrides,
  };
};

/** Limits that leave every rule on, and that the builders' books, market and history keep. */
export const ALL_ON = riskLimitsSchema.parse({
  pairLockHours: 12,
  tradesDrawdownMax: 0.1,
  volatilityMin: 0.005,
  volatilityMax: 0.05,
  regimeFilter: 1,
  tradingDayLast: 5,
  tradingHourFrom: 8,
  tradingHourTo: 22,
  newsBlackoutMinutes: 30,
});

/** A user who allows all bots much, and whose other bots hold 1,000 and lost 10; `limits` may be given in part. */
export const buildUser = ({
  limits,
  ...overrides
}: Partial<Omit<UserSums, "limits">> & { readonly limits?: Partial<UserLimits> } = {}): UserSums => ({
  limits: {
    grossNotionalMax: decimal(50_000),
    sameSideNotionalMax: decimal(20_000),
    sameSideCorrelation: 0.8,
    dailyLossMax: decimal(500),
    ...limits,
  },
  gross: decimal(1000),
  sameSide: decimal(1000),
  loss: decimal(10),
  others: { gross: decimal(1000), sameSide: decimal(1000), loss: decimal(10) },
  ...overrides,
});

/** A context in which every rule passes, except for the part that the test overrides. */
export const buildContext = (overrides: Partial<RiskContext<LimitName>> = {}): RiskContext<LimitName> => ({
  time: SLOT,
  intervalSeconds: 300,
  isLive: false,
  tradingState: "active",
  isControl: false,
  limits: riskLimitsSchema.parse({}),
  entry: buildEntry(),
  order: buildOrder(),
  market: buildMarket(),
  portfolio: buildPortfolio(),
  history: buildHistory(),
  conditions: buildConditions(),
  news: NO_CALENDAR,
  correlations: [],
  user: null,
  ...overrides,
});

/** What an assessment leaves as it is by default: sizes by the mode, no calendar of news, known conditions. */
export const NEUTRAL = { sizing: MODE_SIZING, news: NO_CALENDAR, conditionsOf: () => buildConditions() };

type Sized = Pick<RiskContext<LimitName>, "entry" | "market" | "portfolio" | "limits"> & { readonly user?: UserSums };

/** The order that a way of sizing comes to; by default that of the mode. */
export const sizeBy = (sized: Sized, question: Partial<SizeQuestion> = {}): SizedEntry => {
  const wanted = wantSize({ ...sized, sizing: MODE_SIZING, conditions: buildConditions(), results: [], ...question });
  if (!wanted.isKnown) throw new Error(wanted.reason);
  return sizeEntry({ ...sized, wanted, ...(question.dca && { dca: question.dca }) });
};

/** The rules that a bot has whose trader switched none on. */
export const STANDARD_RULES = rulesOn(RISK_RULES, riskLimitsSchema.parse({})).filter(
  (rule) => !("asks" in rule) || rule.asks(buildContext()),
);
