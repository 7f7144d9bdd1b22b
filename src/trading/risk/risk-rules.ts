import { positionIsOpen } from "./position-is-open";
import { createRuleBook } from "./rule-book";
import { cashRule } from "./rules/cash";
import { cooldownRule } from "./rules/cooldown";
import { correlationRule } from "./rules/correlation";
import { dailyLossRule } from "./rules/daily-loss";
import { drawdownRule } from "./rules/drawdown";
import { entriesPerCycleRule } from "./rules/entries-per-cycle";
import { fundingRule } from "./rules/funding";
import { grossNotionalRule } from "./rules/gross-notional";
import { legsBeforeStopRule } from "./rules/legs-before-stop";
import { lockedByHandRule } from "./rules/locked-by-hand";
import { leverageRule } from "./rules/leverage";
import { liquidationDistanceRule } from "./rules/liquidation-distance";
import { lossPauseRule } from "./rules/loss-pause";
import { netProfitRule } from "./rules/net-profit";
import { newsRule } from "./rules/news";
import { oneEntryPerCandleRule } from "./rules/one-entry-per-candle";
import { openPositionsRule } from "./rules/open-positions";
import { orderQuantityRule } from "./rules/order-quantity";
import { orderValueRule } from "./rules/order-value";
import { pairIsFreeRule } from "./rules/pair-is-free";
import { pairLockRule } from "./rules/pair-lock";
import { positionMarginRule } from "./rules/position-margin";
import { protectionSideRule } from "./rules/protection-side";
import { quoteVolumeRule } from "./rules/quote-volume";
import { regimeRule } from "./rules/regime";
import { rewardToRiskRule } from "./rules/reward-to-risk";
import { spotIsLongOnlyRule } from "./rules/spot-is-long-only";
import { spreadRule } from "./rules/spread";
import { staleDataRule } from "./rules/stale-data";
import { stopDistanceRule } from "./rules/stop-distance";
import { totalMarginRule } from "./rules/total-margin";
import { tradesDrawdownRule } from "./rules/trades-drawdown";
import { tradesPerDayRule } from "./rules/trades-per-day";
import { tradingHoursRule } from "./rules/trading-hours";
import { tradingStateRule } from "./rules/trading-state";
import { userDailyLossRule } from "./rules/user-daily-loss";
import { userGrossRule } from "./rules/user-gross";
import { userSameSideRule } from "./rules/user-same-side";
import { volatilityRule } from "./rules/volatility";
import { sizeIsKnown } from "./size-is-known";

/** Every rule of the gate. A refusal names the first in this order that failed. */
export const RISK_RULES = [
  tradingStateRule,
  lockedByHandRule,
  tradingHoursRule,
  staleDataRule,
  spotIsLongOnlyRule,
  oneEntryPerCandleRule,
  pairIsFreeRule,
  cooldownRule,
  pairLockRule,
  lossPauseRule,
  tradesDrawdownRule,
  dailyLossRule,
  userDailyLossRule,
  drawdownRule,
  tradesPerDayRule,
  entriesPerCycleRule,
  openPositionsRule,
  correlationRule,
  regimeRule,
  volatilityRule,
  newsRule,
  fundingRule,
  spreadRule,
  quoteVolumeRule,
  leverageRule,
  protectionSideRule,
  stopDistanceRule,
  legsBeforeStopRule,
  liquidationDistanceRule,
  positionMarginRule,
  totalMarginRule,
  grossNotionalRule,
  userGrossRule,
  userSameSideRule,
  cashRule,
  orderQuantityRule,
  orderValueRule,
  rewardToRiskRule,
  netProfitRule,
] as const;

type Listed = (typeof RISK_RULES)[number];
type NamesOf<Limits> = Limits extends unknown ? keyof Limits : never;

export type RuleName = Listed["name"];
/** What a verdict of this version may name: a rule, or a refusal from before any rule is measured. */
export type RefusalName = RuleName | (typeof positionIsOpen | typeof sizeIsKnown)["name"];
export type LimitName = NamesOf<Listed["limits"]>;

export const RULE_BOOK = createRuleBook<RuleName, LimitName>(RISK_RULES, [positionIsOpen, sizeIsKnown]);
