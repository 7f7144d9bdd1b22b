import { OrdersTable } from "~/components/trading/orders-table";
import type { CycleView } from "~/contracts/cycle-view";
import { CycleSection } from "./cycle-section";

/** The orders that came of the cycle's decisions, and their fills. */
export const ExecutionSection = ({ cycle }: { readonly cycle: CycleView }) => {
  const orders = cycle.decisions.flatMap((decision) => decision.orders);
  return (
    <CycleSection
      cycle={cycle}
      stage="execute-orders"
      note={`Money in ${cycle.bot.currency}, times in ${cycle.bot.isSimulated ? "market" : "venue"} time. An order's id is derived from bot, slot and pair, so a repeated attempt cannot buy twice.`}
      isFlush
    >
      {orders.length === 0 ? null : <OrdersTable orders={orders} currency={cycle.bot.currency} withLinks />}
    </CycleSection>
  );
};
