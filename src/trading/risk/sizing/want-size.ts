import { scoreFactor } from "../../decision/basis/score-factor";
import { formatCount, formatShare } from "../../format-number";
import { decimal, ZERO, type Decimal } from "../../money";
import type { EntryRequest, MarketConditions, MarketView, PortfolioView } from "../basis/risk-context";
import type { DcaSettings } from "../../portfolio/entry-legs";
import type { PastResult } from "../basis/past-results";
import type { SizeSteps } from "../basis/size-steps";
import { kellyShare, type KellyShare } from "./kelly-share";
import { riskQuantity } from "./risk-quantity";
import type { Sizing } from "./sizing-settings";

/** What a size may be found by. */
export type SizeQuestion = {
  readonly sizing: Sizing;
  readonly entry: EntryRequest;
  readonly market: MarketView;
  readonly portfolio: Pick<PortfolioView, "equity">;
  readonly conditions: Pick<MarketConditions, "rangeFraction" | "yearlyVolatility">;
  readonly results: readonly PastResult[];
  /** Default: one order. */
  readonly dca?: DcaSettings;
};

/** The order's value that the bot wants before any limit; or why its method has none. */
export type WantedSize =
  | { readonly isKnown: true; readonly notional: Decimal; readonly steps: SizeSteps }
  | { readonly isKnown: false; readonly reason: string };

type Method<Name extends Sizing["method"]> = Extract<Sizing, { method: Name }>;
type Found = Omit<SizeSteps, "method" | "wanted" | "share"> & { readonly share: Decimal; readonly notional: Decimal };

const unknown = (reason: string): WantedSize => ({ isKnown: false, reason });

/** A share of equity that is bound as margin, for the methods that ask the score also times its factor. */
const asMargin = ({ entry, portfolio }: SizeQuestion, share: number, factor: Decimal | null): Found => {
  const margin = portfolio.equity.times(share).times(factor ?? 1);
  return {
    share: decimal(share),
    of: "margin",
    factor: factor?.toFixed() ?? null,
    basis: null,
    notional: margin.times(entry.leverage),
  };
};

const byTier = (question: SizeQuestion, { tiers }: Method<"tiers">): Found | string => {
  const { score } = question.entry.decision;
  const [tier] = tiers.filter(({ scoreMin }) => score >= scoreMin).toSorted((a, b) => b.scoreMin - a.scoreMin);
  return tier ? asMargin(question, tier.share, null) : "its score is below the lowest tier of its sizes";
};

const RANGE_UNKNOWN = "its size depends on the average range of 14 candles, and too few candles are known";
const VOLATILITY_UNKNOWN = "its size depends on how much the market moves, and too few candles are known";

const byRisk = (question: SizeQuestion, { riskShare, rangesMin }: Method<"risk-per-trade">): Found | string => {
  const { entry, market, portfolio, conditions, dca } = question;
  const { referencePrice } = market;
  const { stopLoss } = entry;
  if (stopLoss === null) return "its size depends on its stop, and it has none";
  if (rangesMin > 0 && conditions.rangeFraction === null) return RANGE_UNKNOWN;
  const risk = portfolio.equity.times(riskShare);
  const found = { share: decimal(riskShare), of: "risk" as const, factor: null };
  // Without a price nothing is ordered, and another rule says so.
  if (referencePrice === null || risk.lte(0)) return { ...found, basis: null, notional: ZERO };
  const distanceMin = referencePrice.times(conditions.rangeFraction ?? 0).times(rangesMin);
  const quantity = riskQuantity({ entry, market, referencePrice, stopLoss, risk, distanceMin, ...(dca && { dca }) });
  if (quantity === null) return { ...found, basis: null, notional: ZERO };
  const notional = quantity.times(referencePrice);
  return { ...found, basis: `its stop counts as ${formatShare(risk.div(notional))} away`, notional };
};

const byVolatility = (
  { portfolio, conditions }: SizeQuestion,
  { yearlyVolatility: target }: Method<"volatility-target">,
): Found | string => {
  const { yearlyVolatility: measured } = conditions;
  if (measured === null || measured === 0) return VOLATILITY_UNKNOWN;
  const share = decimal(target).div(measured);
  const basis = `for ${formatShare(target)} of volatility a year in a market that has ${formatShare(measured)}`;
  return { share, of: "value", factor: null, basis, notional: portfolio.equity.times(share) };
};

const KELLY_BASIS: Record<KellyShare["because"], string> = {
  "few-trades": "too few for its Kelly share, so its base share",
  "few-wins": "most of them lost, so half its base share",
  "no-losses": "none of them lost, so its base share",
  edge: "by the part of their Kelly share",
};

const byKelly = ({ portfolio, results }: SizeQuestion, settings: Method<"kelly">): Found => {
  const { share, because, trades } = kellyShare(results, settings);
  const basis = `after ${formatCount(trades, "closed trade", "closed trades")}, ${KELLY_BASIS[because]}`;
  return { share, of: "value", factor: null, basis, notional: portfolio.equity.times(share) };
};

const findSize = (question: SizeQuestion): Found | string => {
  const { sizing, entry } = question;
  const factor = scoreFactor(entry.decision.score);
  switch (sizing.method) {
    case "mode":
      return asMargin(question, entry.sizeFraction, factor);
    case "fixed-share":
      return asMargin(question, sizing.share, null);
    case "score-scaled":
      return asMargin(question, sizing.share, factor);
    case "tiers":
      return byTier(question, sizing);
    case "risk-per-trade":
      return byRisk(question, sizing);
    case "volatility-target":
      return byVolatility(question, sizing);
    case "kelly":
      return byKelly(question, sizing);
  }
};

/** The size that a bot's method wants on the equity it is executed on. The limits cut it afterwards. */
export const wantSize = (question: SizeQuestion): WantedSize => {
  const found = findSize(question);
  if (typeof found === "string") return unknown(found);
  const { share, notional, ...steps } = found;
  const { method } = question.sizing;
  return { isKnown: true, notional, steps: { method, ...steps, share: share.toFixed(), wanted: notional.toFixed(8) } };
};
