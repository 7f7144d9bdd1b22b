import { followOrders } from "../orders/follow-orders";
import {
  gatherSettlementCandles,
  planAdvance,
  readSettlementCandles,
  settleOpenPositions,
} from "../orders/settle-open-positions";
import type { Transaction } from "../db/client";
import type { Ports } from "../ports";
import type { CycleRef } from "./cycle-ref";
import { renewLease } from "./lease";
import { runStage } from "./run-stage";
import { MAY_WRITE, saveOnBooks } from "./save-stage";
import { startStage } from "./start-stage";

export type PortfolioRead = {
  /** Positions that a stop, target or liquidation closed since the last look. */
  readonly closed: number;
};

/**
 * Stage 2: books the outcomes of orders that were under way, and settles protective exits up to the slot, so that later
 * stages read current books.
 */
export const readPortfolio = async (
  ports: Pick<Ports, "db" | "marketDataOf" | "exchangeOf" | "newId" | "candles" | "contexts">,
  cycle: CycleRef,
): Promise<PortfolioRead> => {
  const stage = startStage(cycle, "read-portfolio");
  const context = await ports.contexts.ofCycle(cycle);
  const hold = async (tx: Transaction): Promise<true> => renewLease(tx, cycle).then(() => true);
  const followed = await followOrders(ports, context, { at: cycle.slot, hold });
  const { slot } = cycle;
  // As one statement, where no position closes: as it is for most.
  const advanced = await saveOnBooks<PortfolioRead>(ports.db, stage, async ({ positions }) => {
    const candles = await readSettlementCandles(ports, context, { positions, through: slot });
    const writes = await planAdvance(ports.db, context, { positions, candles, through: slot, when: MAY_WRITE });
    return writes && { result: { closed: followed.closed }, writes };
  });
  if (advanced !== null) return advanced;
  const candles = await gatherSettlementCandles(ports, context, slot);
  return runStage(ports.db, stage, async (tx) => ({
    closed:
      followed.closed + (await settleOpenPositions(tx, { context, newId: ports.newId }, { candles, through: slot })),
  }));
};
