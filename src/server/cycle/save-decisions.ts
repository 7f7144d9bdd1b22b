import { packEvidence } from "~/trading/decision/basis/packed-evidence";
import type { Decision } from "~/trading/decision/basis/decision";
import type { BotMarket } from "../bot-context";
import type { Transaction } from "../db/client";
import type { Prisma } from "../db/prisma";

export type DecidedMarket = {
  readonly market: BotMarket;
  /** The mode that was asked. */
  readonly mode: string;
  readonly decision: Decision;
};

const optionalDate = (time: number | null): Date | null => (time === null ? null : new Date(time));

/** Stores what a mode read (signals with their evidence) and what it wants (decisions), one of each a pair. */
export const saveDecisions = async (
  tx: Transaction,
  { cycleId, newId }: { readonly cycleId: string; readonly newId: () => string },
  decided: readonly DecidedMarket[],
): Promise<void> => {
  const rows = decided.map((row) => ({ ...row, signalId: newId(), decisionId: newId() }));
  await tx.signal.createMany({
    data: rows.map(({ market, mode, decision, signalId }) => ({
      id: signalId,
      cycleId,
      marketId: market.id,
      mode,
      longScore: decision.scores?.long ?? null,
      shortScore: decision.scores?.short ?? null,
      evidence: packEvidence(decision.evidence) as Prisma.InputJsonValue,
    })),
  });
  await tx.decision.createMany({
    data: rows.map(({ market, decision, signalId, decisionId }, sequence) => ({
      id: decisionId,
      cycleId,
      marketId: market.id,
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
