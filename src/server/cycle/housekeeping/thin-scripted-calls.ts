import { inTransaction } from "../../db/in-transaction";
import type { Ports } from "../../ports";
import { BATCH } from "./in-batches";

/**
 * Drops cycles that asked the scripted model before an instant of wall time and only held, with their calls: nobody was
 * paid for them. Only of days that were counted, so that each cycle stays counted. Returns how many cycles went.
 */
export const thinScriptedCalls = ({ db }: Pick<Ports, "db">, before: Date): Promise<number> =>
  inTransaction(db, async (tx) => {
    const held = await tx.$queryRaw<{ id: string }[]>`
      SELECT c.id FROM cycles c
      WHERE c.id IN (SELECT m.cycle_id FROM model_calls m WHERE m.provider = 'scripted' AND m.asked_at < ${before})
        AND c.status IN ('done', 'skipped')
        AND EXISTS (SELECT 1 FROM cycle_days d WHERE d.bot_id = c.bot_id AND d.day = (c.slot AT TIME ZONE 'UTC')::date)
        AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.cycle_id = c.id AND d.action <> 'hold')
        AND NOT EXISTS (SELECT 1 FROM order_intents i WHERE i.cycle_id = c.id)
        AND NOT EXISTS (SELECT 1 FROM model_calls m WHERE m.cycle_id = c.id
          AND (m.provider <> 'scripted' OR m.state = 'reserved' OR m.asked_at >= ${before}))
      LIMIT ${BATCH} FOR UPDATE`;
    const ids = held.map(({ id }) => id);
    await tx.$executeRaw`DELETE FROM model_calls WHERE cycle_id = ANY(${ids}::uuid[])`;
    await tx.$executeRaw`DELETE FROM decisions WHERE cycle_id = ANY(${ids}::uuid[])`;
    await tx.$executeRaw`DELETE FROM cycles WHERE id = ANY(${ids}::uuid[])`;
    return ids.length;
  });
