import { gatherSettlementCandles, settleOpenPositions } from "../books/settle-open-positions";
import type { Ports } from "../ports";
import type { CycleRef } from "./cycle-ref";
import { runStage } from "./run-stage";
import { startStage } from "./start-stage";

export type PortfolioRead = {
  /** Positions that a stop, target or liquidation closed since the last look. */
  readonly closed: number;
};

/** Stage 2: settles protective exits up to the slot, so that everything after sees the books as they are. */
export const readPortfolio = async (
  ports: Pick<Ports, "db" | "marketDataOf" | "newId" | "candles" | "contexts">,
  cycle: CycleRef,
): Promise<PortfolioRead> => {
  const stage = startStage(cycle, "read-portfolio");
  const context = await ports.contexts(cycle.botId, cycle.settingsVersion);
  const candles = await gatherSettlementCandles(ports, context, cycle.slot);
  return runStage(ports.db, stage, async (tx) => ({
    closed: await settleOpenPositions(tx, { context, newId: ports.newId }, { candles, through: cycle.slot }),
  }));
};
