import type { MarketDecision } from "~/trading/decision/basis/market-decision";
import { fromColumnOrNull } from "../db/amounts";
import type { Transaction } from "../db/client";

export type StoredDecision = MarketDecision & { readonly id: string };

/** A cycle's decisions in the order they were made, without their evidence, which the gate does not read. */
export const loadDecisions = async (tx: Transaction, cycleId: string): Promise<StoredDecision[]> => {
  const rows = await tx.decision.findMany({
    where: { cycleId },
    include: { market: { select: { pair: true } } },
    orderBy: { sequence: "asc" },
  });
  return rows.map((row) => ({
    id: row.id,
    marketId: row.marketId,
    decision: {
      pair: row.market.pair,
      action: row.action,
      side: row.side,
      decidedCandle: row.decidedCandle?.getTime() ?? null,
      score: row.score,
      sizeFraction: row.sizeFraction,
      leverage: row.leverage,
      entryPrice: fromColumnOrNull(row.entryPrice)?.toFixed() ?? null,
      stopLoss: fromColumnOrNull(row.stopLoss)?.toFixed() ?? null,
      takeProfit: fromColumnOrNull(row.takeProfit)?.toFixed() ?? null,
      invalidation: [],
      evidence: [],
      reason: { code: row.reasonCode, text: row.reasonText },
    },
  }));
};
