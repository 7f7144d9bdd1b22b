import type { Trade } from "../portfolio/trade";
import type { RiskLimits } from "./risk-limits";
import { HOUR_MS } from "../market/duration";

/** When a trade ended (ms), and how many losses in a row it makes with those before it; 0: it did not lose. */
export type NumberedTrade = Pick<Trade, "exitedAt"> & { readonly lossesInRow: number };

/** The number of a trade that ends after one with the number `before`; 0 before the first. */
export const countLosses = (before: number, { realizedPnl }: Pick<Trade, "realizedPnl">): number =>
  realizedPnl.lt(0) ? before + 1 : 0;

/**
 * Until when (ms of venue time) losses in a row pause the bot; null: no pause. The count starts again after a win and
 * after each pause. `trades` sorted by exit time.
 */
export const lossPauseUntil = (
  trades: readonly NumberedTrade[],
  limits: Pick<RiskLimits, "consecutiveLossesMax" | "lossPauseHours">,
): number | null => {
  const last = trades.findLast(({ lossesInRow }) => lossesInRow > 0 && lossesInRow % limits.consecutiveLossesMax === 0);
  return last ? last.exitedAt + limits.lossPauseHours * HOUR_MS : null;
};
