import type { Decimal } from "~/trading/money";
import { drawdownKey } from "../cycle/record-equity";
import type { Transaction } from "../db/client";

type Moved = { readonly userId: string; readonly botId: string; readonly from: Decimal; readonly to: Decimal };

/**
 * What was told of a peak stays told where a flow has moved that peak: it is no new one. A peak that came back to where
 * an older one stood, of which the same was told, leaves both as they are.
 */
export const keepAlerts = async (tx: Transaction, { userId, botId, from, to }: Moved): Promise<void> => {
  for (const kind of ["near", "reached"] as const) {
    const [before, after] = [from, to].map((peak) => drawdownKey(botId, { kind, peak }));
    await tx.$executeRaw`
      UPDATE alerts SET key = ${after} WHERE user_id = ${userId}::uuid AND key = ${before}
        AND NOT EXISTS (SELECT FROM alerts o WHERE o.user_id = ${userId}::uuid AND o.key = ${after})`;
  }
};
