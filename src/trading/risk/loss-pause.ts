import type { Trade } from "../portfolio/trade";
import type { RiskLimits } from "./risk-limits";
import { HOUR_MS } from "../market/duration";

/**
 * Until when (ms of venue time) losses in a row pause the bot; null: no pause. The count starts again after a win and
 * after each pause. `trades` sorted by exit time.
 */
export const lossPauseUntil = (
  trades: readonly Pick<Trade, "realizedPnl" | "exitedAt">[],
  limits: Pick<RiskLimits, "consecutiveLossesMax" | "lossPauseHours">,
): number | null => {
  let losses = 0;
  let until: number | null = null;
  for (const trade of trades) {
    losses = trade.realizedPnl.lt(0) ? losses + 1 : 0;
    if (losses === limits.consecutiveLossesMax) {
      until = trade.exitedAt + limits.lossPauseHours * HOUR_MS;
      losses = 0;
    }
  }
  return until;
};
