import { packEvidence } from "~/trading/decision/basis/packed-evidence";
import type { MarketDecision } from "~/trading/decision/basis/market-decision";
import type { Transaction } from "../db/client";
import type { Prisma } from "../db/prisma";

/** A decision with the mode that was asked for it. */
export type ModeDecision = MarketDecision & { readonly mode: string };

const optionalDate = (time: number | null): Date | null => (time === null ? null : new Date(time));

/** Stores what a mode read (signals with their evidence) and decided (decisions), one of each per market. */
export const saveDecisions = async (
  tx: Transaction,
  { cycleId, newId }: { readonly cycleId: string; readonly newId: () => string },
  decided: readonly ModeDecision[],
): Promise<void> => {
  const rows = decided.map((row) => ({ ...row, signalId: newId(), decisionId: newId() }));
  await tx.signal.createMany({
    data: rows.map(({ marketId, mode, decision, signalId }) => ({
      id: signalId,
      cycleId,
      marketId,
      mode,
      longScore: decision.scores?.long ?? null,
      shortScore: decision.scores?.short ?? null,
      evidence: packEvidence(decision.evidence) as Prisma.InputJsonValue,
    })),
  });
  await tx.decision.createMany({
    data: rows.map(({ marketId, decision, signalId, decisionId }, sequence) => ({
      id: decisionId,
      cycleId,
      marketId,
      signalId,
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
      reasonCode: decision.reason.code,
      reasonText: decision.reason.text,
    })),
  });
};
