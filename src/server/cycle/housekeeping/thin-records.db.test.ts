import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { wishToEnter } from "../../testing/cycle-fixture";
import { runHours } from "../../testing/run-hours";
import { thinWallRecords } from "./thin-records";

const DAY_MS = 86_400_000;

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed));
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { volatility: 0.0003 });
  await runHours(fixture, { hours: 1, wish: wishToEnter(fixture) });
});

describe("thinning by wall time", () => {
  it("drops live events after two days", async () => {
    const { userId } = fixture;
    const thinAfter = (days: number) => thinWallRecords({ db: runtime.db, wallNow: () => Date.now() + days * DAY_MS });
    const events = () => runtime.db.liveEvent.count({ where: { userId } });
    const before = await events();
    expect(before).toBeGreaterThan(0);
    await thinAfter(1);
    expect(await events()).toBe(before);
    await thinAfter(3);
    expect(await events()).toBe(0);
  });

  it("drops checks of the books after 30 days, but not what one found", async () => {
    const found = [{ invariant: "I1", text: "the ledger is off by 1" }];
    const check = { botId: fixture.botId, checked: 10 };
    await runtime.db.invariantCheck.createMany({
      data: [
        { ...check, at: new Date(FIRST_SLOT), broken: [] },
        { ...check, at: new Date(FIRST_SLOT + 1), broken: found },
      ],
    });
    const thinAfter = (days: number) => thinWallRecords({ db: runtime.db, wallNow: () => Date.now() + days * DAY_MS });
    expect(await thinAfter(29)).toMatchObject({ checks: 0 });
    expect((await thinAfter(31)).checks).toBeGreaterThan(0);
    expect(
      (await runtime.db.invariantCheck.findMany({ where: { botId: fixture.botId } })).map(({ broken }) => broken),
    ).toEqual([found]);
  });

  it("drops sessions 30 days after they ended, counters of tries and mailed links a day after they ran out", async () => {
    const now = Date.now();
    const thinAfter = (ms: number) => thinWallRecords({ db: runtime.db, wallNow: () => now + ms });
    const begun = new Date(now - HOUR_MS);
    const session = { id: "a".repeat(64), userId: fixture.userId, createdAt: begun, lastSeenAt: begun };
    await runtime.db.session.create({ data: { ...session, expiresAt: new Date(now) } });
    await runtime.db.rateLimit.create({ data: { key: "tries", expire: BigInt(now) } });
    const link = { tokenHash: "b".repeat(64), userId: fixture.userId, createdAt: begun, expiresAt: new Date(now) };
    await runtime.db.oneTimeToken.create({ data: { ...link, purpose: "verifyEmail" } });
    expect(await thinAfter(DAY_MS)).toMatchObject({ sessions: 0, rateLimits: 0, tokens: 0 });
    expect(await thinAfter(DAY_MS + 1)).toMatchObject({ sessions: 0, rateLimits: 1, tokens: 1 });
    expect(await thinAfter(30 * DAY_MS)).toMatchObject({ sessions: 0 });
    expect(await thinAfter(30 * DAY_MS + 1)).toMatchObject({ sessions: 1 });
  });
});
