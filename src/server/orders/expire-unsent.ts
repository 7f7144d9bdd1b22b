import type { Transaction } from "../db/client";
import { writeStatus } from "./write-status";

/**
 * Orders of cycles that ended too early will not be sent any more. A paper order that was on its way never left us; a
 * real one has to be asked about.
 */
export const expireUnsent = async (
  tx: Transaction,
  { cycleIds, reason }: { readonly cycleIds: readonly string[]; readonly reason: string },
): Promise<void> => {
  const orders = await tx.order.findMany({
    where: {
      intent: { cycleId: { in: [...cycleIds] } },
      OR: [{ status: "pending" }, { status: "submitting", account: { kind: "paper" } }],
    },
    select: { id: true },
  });
  for (const { id } of orders) await writeStatus(tx, id, { event: "expire", reason });
};
