import { decimal, type Decimal } from "../money";
import { drawdownFraction } from "../portfolio/equity";
import { DRAWDOWN_WARNING_SHARE, type RiskLimits } from "../risk/risk-limits";

export type TradingState = "active" | "reducing" | "halted";

export type DrawdownWatch = {
  readonly equity: Decimal;
  readonly peak: Decimal;
  readonly currency: string;
  readonly limits: Pick<RiskLimits, "drawdownMax">;
  readonly tradingState: TradingState;
  readonly isControl: boolean;
};

/** An alert to the user, sent once per kind and peak. */
export type DrawdownAlert = { readonly kind: "near" | "reached"; readonly peak: Decimal; readonly message: string };

const percent = (fraction: Decimal): string => `${fraction.times(100).toFixed(1)} %`;

/** At its drawdown limit a bot only closes positions; near it the user is warned. The control ignores the limit. */
export const watchDrawdown = ({
  equity,
  peak,
  currency,
  limits,
  tradingState,
  isControl,
}: DrawdownWatch): { readonly tradingState: TradingState; readonly alert: DrawdownAlert | null } => {
  const limit = decimal(limits.drawdownMax);
  const drawdown = drawdownFraction(equity, peak);
  if (isControl || drawdown.lt(limit.times(DRAWDOWN_WARNING_SHARE))) return { tradingState, alert: null };
  const text = `equity is ${percent(drawdown)} below its peak of ${peak.toFixed(2)} ${currency}; the limit is ${percent(limit)}`;
  if (drawdown.lt(limit)) return { tradingState, alert: { kind: "near", peak, message: `Careful: ${text}.` } };
  return {
    tradingState: tradingState === "active" ? "reducing" : tradingState,
    alert: { kind: "reached", peak, message: `The bot only closes positions now: ${text}.` },
  };
};
