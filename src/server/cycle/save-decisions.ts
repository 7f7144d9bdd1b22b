import { packEvidence } from "~/trading/decision/basis/packed-evidence";
import type { Evidence } from "~/trading/decision/basis/decision";
import type { MarketDecision } from "~/trading/decision/basis/market-decision";
import type { Transaction } from "../db/client";

/** A decision with the analysis that it was made on, and the evidence that is its own; none where a mode read nothing. */
export type NewDecision = MarketDecision & {
  readonly analysisId: string | null;
  readonly ownEvidence: readonly Evidence[] | null;
};

const optionalDate = (time: number | null): Date | null => (time === null ? null : new Date(time));

/** Stores what a mode wants, one decision a market. */
export const saveDecisions = async (
  tx: Transaction,
  { cycleId, newId }: { readonly cycleId: string; readonly newId: () => string },
  decided: readonly NewDecision[],
): Promise<void> => {
  await tx.decision.createMany({
    data: decided.map(({ marketId, decision, analysisId, ownEvidence }, sequence) => ({
      id: newId(),
      cycleId,
      marketId,
      analysisId,
      sequence,
      action: decision.action,
      side: decision.side,
      decidedCandle: optionalDate(decision.decidedCandle),
      score: decision.score,
      sizeFraction: decision.sizeFraction,
      leverage: decision.leverage,
      entryPrice: decision.entryPrice,
      stopLoss: decision.stopLoss,
      takeProfit: decision.takeProfit,
      invalidation: decision.invalidation,
      ...(ownEvidence && { evidence: packEvidence(ownEvidence) }),
      reasonCode: decision.reason.code,
      reasonText: decision.reason.text,
    })),
  });
};
