import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { createDatabase } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { beginSlot, claimSlot, expireLease, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import type { CycleRef } from "./cycle-ref";
import { extendLease, LEASE_SECONDS, RENEWAL_MS, RETRY_LEASE_SECONDS, whileHolding } from "./lease";

let runtime: Runtime;
let fixture: BooksFixture;
let cycle: CycleRef;
openBed((bed) => ({ runtime } = bed));
beforeEach(async () => {
  fixture = await createBooksFixture(runtime);
  cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
});
afterEach(() => {
  vi.useRealTimers();
});

const lease = () => runtime.db.botLease.findUniqueOrThrow({ where: { botId: fixture.botId } });
/** How long the lease still lasts, by the database's clock. */
const secondsLeft = async (): Promise<number> => {
  const [row] = await runtime.db.$queryRaw<[{ left: number }]>`
    SELECT extract(epoch FROM expires_at - clock_timestamp())::float8 AS left FROM bot_leases
    WHERE bot_id = ${fixture.botId}::uuid`;
  return row.left;
};
const setSecondsLeft = (seconds: number) => runtime.db.$executeRaw`
  UPDATE bot_leases SET expires_at = clock_timestamp() + ${seconds} * interval '1 second'
  WHERE bot_id = ${fixture.botId}::uuid`;

describe("the lease", () => {
  it("lasts at most 30 s after any stage: of a killed process nobody's bot is held longer", async () => {
    for (const stage of stagesOf(fixture, wishToEnter(fixture)).slice(0, 5)) {
      expect(await secondsLeft()).toBeLessThanOrEqual(30);
      await stage.run(cycle);
    }
    await setSecondsLeft((await secondsLeft()) - LEASE_SECONDS);
    expect(await beginSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run-2" })).toMatchObject({ outcome: "begun" });
  });

  it("is renewed each 10 s through a stage of 90 s, and not after it", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    await whileHolding(runtime.db, cycle, async () => {
      for (let second = RENEWAL_MS; second <= 90_000; second += RENEWAL_MS) {
        await setSecondsLeft(LEASE_SECONDS - RENEWAL_MS / 1000);
        const { expiresAt } = await lease();
        vi.advanceTimersByTime(RENEWAL_MS);
        while (Number((await lease()).expiresAt) <= Number(expiresAt));
      }
    });
    expect(vi.getTimerCount()).toBe(0);
    expect(await beginSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run-2" })).toMatchObject({ reason: "busy" });
  });

  it("that a failed stage keeps for its next try is made no shorter by a renewal, which has landed before", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    let landed = 0;
    const db = new Proxy(runtime.db, {
      get: (target, key) =>
        key === "$executeRaw"
          ? async (...parts: Parameters<typeof target.$executeRaw>) => {
              const count = await target.$executeRaw(...parts);
              landed += 1;
              return count;
            }
          : Reflect.get(target, key),
    });
    await whileHolding(db, cycle, async () => {
      vi.advanceTimersByTime(RENEWAL_MS);
      await Promise.resolve();
    });
    expect(landed).toBe(1);
    await extendLease(runtime.db, cycle, RETRY_LEASE_SECONDS);
    await extendLease(runtime.db, cycle);
    expect(await secondsLeft()).toBeGreaterThan(RETRY_LEASE_SECONDS - LEASE_SECONDS);
  });

  it("that another took is not renewed, and one that a transaction holds is not waited for", async () => {
    const { botId } = fixture;
    const renewed = await inTransaction(runtime.db, async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM bot_leases WHERE bot_id = ${botId}::uuid FOR UPDATE`;
      return extendLease(runtime.db, cycle);
    });
    expect(renewed).toBe(false);
    expect(await extendLease(runtime.db, cycle)).toBe(true);
    await expireLease(fixture);
    await claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run-2" });
    const before = await lease();
    expect(await extendLease(runtime.db, cycle)).toBe(false);
    expect(await lease()).toEqual(before);
  });

  it("that cannot be renewed ends no process and no stage: without a database only the renewal fails", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const away = createDatabase({ url: "postgresql://nobody@127.0.0.1:1/nothing" });
    const work = async () => {
      vi.advanceTimersByTime(RENEWAL_MS);
      await expect(extendLease(away, cycle)).rejects.toThrow("reach");
      return "done";
    };
    expect(await whileHolding(away, cycle, work)).toBe("done");
    await away.$disconnect();
  });
});
