import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import type { Ports } from "../ports";
import { resealKey } from "./key-envelope";

/** `unreadable`: keys whose secret is not given any more, or that were moved: their users have to enter them again. */
export type Rotated = { readonly rotated: number; readonly unreadable: number };

/**
 * Seals every key that is kept by an older secret by the newest one, so that the older ones can be taken away. The keys
 * themselves are not opened. Repeatable; throws RangeError where there is no secret.
 */
export const rotateModelKeys = async ({
  db,
  wallNow,
  models: { keySecrets },
}: Pick<Ports, "db" | "wallNow" | "models">): Promise<Rotated> => {
  const [newest] = keySecrets;
  if (!newest) throw new RangeError("MODEL_KEY_SECRETS is not set: there is no secret to seal keys by.");
  return inTransaction(db, async (tx) => {
    const rows = await tx.modelKey.findMany({ where: { keyId: { not: newest.id } }, orderBy: { id: "asc" } });
    let [rotated, unreadable] = [0, 0];
    for (const row of rows) {
      const again = resealKey(keySecrets, row, { place: row, secret: newest });
      if (again === null) {
        unreadable += 1;
        continue;
      }
      // Its user may have replaced it meanwhile: then this one is gone.
      const where = { id: row.id, keyId: row.keyId };
      rotated += (await tx.modelKey.updateMany({ where, data: { ...again, sealed: Uint8Array.from(again.sealed) } }))
        .count;
    }
    const details = { rotated, unreadable, secret: newest.id };
    const at = new Date(wallNow());
    await appendAudit(tx, { actorId: null, action: "model-keys-rotated", subject: "model-keys", details, at });
    return { rotated, unreadable };
  });
};
