import { followOrders } from "../orders/follow-orders";
import {
  gatherSettlementCandles,
  planAdvance,
  readSettlementCandles,
  settleOpenPositions,
} from "../orders/settle-open-positions";
import type { BotContext } from "../bot-context";
import type { BotBooks } from "../books/bot-books";
import type { Transaction } from "../db/client";
import type { Ports } from "../ports";
import type { CycleRef } from "./cycle-ref";
import { newDesk, type Desk } from "./desk";
import { renewLease } from "./lease";
import { runStage } from "./run-stage";
import { MAY_WRITE, saveOnBooks } from "./save-stage";
import { startAtDesk } from "./start-at-desk";

export type PortfolioRead = {
  /** Positions that a stop, target or liquidation closed since the last look. */
  readonly closed: number;
};

type PortfolioPorts = Pick<Ports, "db" | "marketDataOf" | "exchangeOf" | "newId" | "candles" | "contexts">;

/** Books what came of orders under way. What was read before is old then. */
const follow = (
  ports: PortfolioPorts,
  context: BotContext,
  { cycle, desk }: { readonly cycle: CycleRef; readonly desk: Desk },
): Promise<PortfolioRead> => {
  desk.reading = null;
  const hold = async (tx: Transaction): Promise<true> => renewLease(tx, cycle).then(() => true);
  return followOrders(ports, context, { at: cycle.slot, hold });
};

/**
 * Stage 2: books the outcomes of orders that were under way, and settles protective exits up to the slot, so that later
 * stages read current books.
 */
export const readPortfolio = async (
  ports: PortfolioPorts,
  cycle: CycleRef,
  desk = newDesk(),
): Promise<PortfolioRead> => {
  const at = await startAtDesk<PortfolioRead>(ports, { cycle, stage: "read-portfolio", desk });
  const { run, context, reading } = at;
  if (at.returned) return at.returned;
  const { slot } = cycle;
  const followed = reading.hasStandingOrders ? await follow(ports, context, { cycle, desk }) : { closed: 0 };
  // As one statement, where no position closes: as it is for most.
  const advance = async ({ positions }: BotBooks) => {
    const candles = await readSettlementCandles(ports, context, { positions, through: slot });
    const writes = await planAdvance(ports.db, context, { positions, candles, through: slot, when: MAY_WRITE });
    return writes && { result: { closed: followed.closed }, writes };
  };
  const advanced = await saveOnBooks<PortfolioRead>(ports.db, run, advance);
  if (advanced !== null) return advanced;
  const candles = await gatherSettlementCandles(ports, context, slot);
  const settling = { context, newId: ports.newId };
  const settle = async (tx: Transaction): Promise<PortfolioRead> => ({
    closed: followed.closed + (await settleOpenPositions(tx, settling, { candles, through: slot })),
  });
  return runStage(ports.db, run, settle);
};
