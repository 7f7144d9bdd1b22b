import type { RiskRule } from "./risk-rule";
import { cashRule } from "./rules/cash";
import { cooldownRule } from "./rules/cooldown";
import { correlationRule } from "./rules/correlation";
import { dailyLossRule } from "./rules/daily-loss";
import { drawdownRule } from "./rules/drawdown";
import { entriesPerCycleRule } from "./rules/entries-per-cycle";
import { fundingRule } from "./rules/funding";
import { grossNotionalRule } from "./rules/gross-notional";
import { leverageRule } from "./rules/leverage";
import { liquidationDistanceRule } from "./rules/liquidation-distance";
import { lossPauseRule } from "./rules/loss-pause";
import { netProfitRule } from "./rules/net-profit";
import { oneEntryPerCandleRule } from "./rules/one-entry-per-candle";
import { openPositionsRule } from "./rules/open-positions";
import { orderQuantityRule } from "./rules/order-quantity";
import { orderValueRule } from "./rules/order-value";
import { pairIsFreeRule } from "./rules/pair-is-free";
import { positionMarginRule } from "./rules/position-margin";
import { protectionSideRule } from "./rules/protection-side";
import { quoteVolumeRule } from "./rules/quote-volume";
import { rewardToRiskRule } from "./rules/reward-to-risk";
import { spotIsLongOnlyRule } from "./rules/spot-is-long-only";
import { spreadRule } from "./rules/spread";
import { staleDataRule } from "./rules/stale-data";
import { stopDistanceRule } from "./rules/stop-distance";
import { totalMarginRule } from "./rules/total-margin";
import { tradesPerDayRule } from "./rules/trades-per-day";
import { tradingStateRule } from "./rules/trading-state";

/** Every rule of the gate, in the order in which a refusal names the first that failed. */
export const RISK_RULES: readonly RiskRule[] = [
  tradingStateRule,
  staleDataRule,
  spotIsLongOnlyRule,
  oneEntryPerCandleRule,
  pairIsFreeRule,
  cooldownRule,
  lossPauseRule,
  dailyLossRule,
  drawdownRule,
  tradesPerDayRule,
  entriesPerCycleRule,
  openPositionsRule,
  correlationRule,
  fundingRule,
  spreadRule,
  quoteVolumeRule,
  leverageRule,
  protectionSideRule,
  stopDistanceRule,
  liquidationDistanceRule,
  positionMarginRule,
  totalMarginRule,
  grossNotionalRule,
  cashRule,
  orderQuantityRule,
  orderValueRule,
  rewardToRiskRule,
  netProfitRule,
];

const DESCRIPTIONS: ReadonlyMap<string, string> = new Map(RISK_RULES.map((rule) => [rule.name, rule.description]));

/** What a rule asks for, in one sentence; also for one that a later version no longer has. */
export const describeRule = (name: string): string => DESCRIPTIONS.get(name) ?? "This version no longer has the rule.";
