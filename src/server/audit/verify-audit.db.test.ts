import { createHash } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openBed, type Bed } from "../../../scripts/testing/open-bed";
import { inTransaction } from "../db/in-transaction";
import { appendAudit } from "./append-audit";
import { verifyAudit } from "./verify-audit";

let bed: Bed;
openBed((opened) => (bed = opened), { per: "test", poolMax: 10 });

let owner: pg.Client;
beforeEach(async () => {
  owner = new pg.Client({ connectionString: bed.database.ownerUrl });
  await owner.connect();
  // Whoever owns the tables can do this; the product's own role cannot.
  await owner.query("ALTER TABLE audit_entries DISABLE TRIGGER ALL");
});
afterEach(() => owner.end());

const append = (n: number) =>
  inTransaction(bed.runtime.db, (tx) =>
    appendAudit(tx, {
      actorId: null,
      action: "test",
      subject: `user:${n}`,
      // In an order that PostgreSQL does not keep.
      details: { zeta: n, al: null, beta: { y: [1, "2"], x: true } },
      at: new Date(Date.UTC(2026, 0, 1, 0, 0, n)),
    }),
  );

const idsOf = async (): Promise<bigint[]> =>
  (await bed.runtime.db.auditEntry.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id);

describe("the audit", () => {
  it("of many at once is one chain without a gap", async () => {
    expect(await verifyAudit(bed.runtime.db)).toEqual({ checked: 0, head: "", broken: null });
    await Promise.all(Array.from({ length: 25 }, (_, n) => append(n)));
    const proof = await verifyAudit(bed.runtime.db);
    expect(proof).toMatchObject({ checked: 25, broken: null });
    const last = await bed.runtime.db.auditEntry.findFirstOrThrow({ orderBy: { id: "desc" } });
    expect(proof.head).toBe(last.hash);
  });

  it("of an action that is undone has no entry, and goes on without a gap", async () => {
    await append(1);
    const undone = inTransaction(bed.runtime.db, async (tx) => {
      await appendAudit(tx, { actorId: null, action: "undone", subject: "x", details: {}, at: new Date(0) });
      throw new Error("planted");
    });
    await expect(undone).rejects.toThrow("planted");
    await append(2);
    expect(await verifyAudit(bed.runtime.db)).toMatchObject({ checked: 2, broken: null });
  });

  it.each([
    ["an action", "UPDATE audit_entries SET action = 'other' WHERE id = $1"],
    ["a subject", "UPDATE audit_entries SET subject = 'user:9' WHERE id = $1"],
    ["a detail", `UPDATE audit_entries SET details = details || '{"zeta": 7}' WHERE id = $1`],
    ["a time", "UPDATE audit_entries SET created_at = created_at + interval '1 ms' WHERE id = $1"],
    ["a hash", "UPDATE audit_entries SET hash = repeat('0', 64) WHERE id = $1"],
  ])("tells the entry in which %s was changed", async (_what, change) => {
    for (const n of [1, 2, 3]) await append(n);
    const [, second = 0n] = await idsOf();
    await owner.query(change, [String(second)]);
    const proof = await verifyAudit(bed.runtime.db);
    expect(proof).toMatchObject({ checked: 1, broken: { id: second } });
  });

  it.each([0, 1])("tells that entry %i was taken away, by the next one", async (at) => {
    for (const n of [1, 2, 3]) await append(n);
    const ids = await idsOf();
    await owner.query("DELETE FROM audit_entries WHERE id = $1", [String(ids[at])]);
    expect(await verifyAudit(bed.runtime.db)).toMatchObject({ checked: at, broken: { id: ids[at + 1] } });
  });

  it("takes what its first version wrote about limits", async () => {
    const details = { grossNotionalMax: "1", sameSideNotionalMax: null, dailyLossMax: "2" };
    const written = ["", null, "set-user-limits", "user:1", details];
    const hash = createHash("sha256").update(JSON.stringify(written)).digest("hex");
    await owner.query(
      `INSERT INTO audit_entries (action, subject, details, previous_hash, hash)
        VALUES ('set-user-limits', 'user:1', $1, '', $2)`,
      [details, hash],
    );
    await append(1);
    expect(await verifyAudit(bed.runtime.db)).toMatchObject({ checked: 2, broken: null });
  });
});
