import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Pulse } from "~/contracts/pulse";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { readLags } from "./read-lags";

const BOTS = 4;
const SLOTS = 5;

let runtime: Runtime;
let venues: BooksFixture[];
let bots: string[];
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  venues = [await createBooksFixture(runtime), await createBooksFixture(runtime)];
  bots = venues.map(({ botId }) => botId);
  for (const venue of venues) for (let count = 1; count < BOTS; count++) bots.push(await venue.addBot());
});

/** The same, read from every single bot. */
const readEach = (): Promise<Pulse["lags"]> => runtime.db.$queryRaw`
  SELECT a.venue_id AS "venueId", max(t.behind)::int AS "behindSeconds"
  FROM bots b JOIN accounts a ON a.id = b.account_id JOIN venue_clocks k ON k.venue_id = a.venue_id AND k.speed > 0
  CROSS JOIN LATERAL (SELECT slot FROM cycles WHERE bot_id = b.id AND status = 'done' ORDER BY slot DESC LIMIT 1) c
  CROSS JOIN LATERAL (SELECT extract(epoch FROM least(venue_time(k, clock_timestamp()), k.high_water) - c.slot) AS behind) t
  WHERE b.status IN ('running', 'paused') AND b.trading_state <> 'halted' AND t.behind > 2 * b.interval_seconds GROUP BY a.venue_id`;

/** What became of a bot's last slots; those from the first unseen on were not looked at. */
const bot = fc.record({
  status: fc.constantFrom("running" as const, "running" as const, "paused" as const, "archived" as const),
  tradingState: fc.constantFrom("active" as const, "active" as const, "halted" as const),
  interval: fc.constantFrom(60, 300, 3600),
  slots: fc.array(fc.constantFrom("done", "done", "due", "failed", "busy", "missed", "unseen"), {
    minLength: SLOTS,
    maxLength: SLOTS,
  }),
});
type Bot = typeof bot extends fc.Arbitrary<infer Value> ? Value : never;

const cyclesOf = (botId: string, { interval, slots }: Bot, now: number) => {
  const newest = Math.floor(now / (interval * 1000)) * interval * 1000;
  const slotAt = (index: number) => new Date(newest - (SLOTS - 1 - index) * interval * 1000);
  const unseen = slots.indexOf("unseen");
  const seen = unseen < 0 ? SLOTS : unseen;
  const rows = slots.slice(0, seen).map((state, index) => {
    const row = { id: runtime.newId(), botId, slot: slotAt(index) };
    if (state === "failed") return { ...row, status: "failed" as const, failure: "failed" };
    if (state === "busy") return { ...row, status: "skipped" as const, skipReason: "busy" as const };
    if (state !== "missed") return { ...row, status: state as "done" | "due" };
    // The row stands for all slots that end with this one.
    const missed = { skipReason: "missed" as const, missedThrough: row.slot, missedCount: index + 1 };
    return { ...row, ...missed, status: "skipped" as const, slot: new Date(slotAt(0).getTime() - 1000 * index) };
  });
  return { rows, nextDue: slotAt(seen) };
};

it("tells the same lags as a look at every single bot, whatever became of its last slots", async () => {
  const state = fc.record({
    bots: fc.array(bot, { minLength: 2 * BOTS, maxLength: 2 * BOTS }),
    after: fc.integer({ min: 0, max: 7200 }),
    speed: fc.constantFrom(0, 1, 720),
  });
  let lagging = 0;
  await fc.assert(
    fc.asyncProperty(state, async ({ bots: states, after, speed }) => {
      const now = FIRST_SLOT + after * 1000;
      await runtime.db.cycle.deleteMany();
      for (const [index, { venueId }] of venues.entries()) {
        // Its high water mark holds the clock still meanwhile.
        const [anchorMarket, highWater] = [new Date(now - 1000 - index), new Date(now - index)];
        const clock = { anchorMarket, highWater, anchorWall: new Date(Date.now() - 10_000), speed: index ? 1 : speed };
        await runtime.db.venueClock.update({ where: { venueId }, data: clock });
      }
      const cycles = [];
      for (const [index, each] of states.entries()) {
        const botId = bots[index] ?? "";
        const { rows, nextDue } = cyclesOf(botId, each, now - 1);
        const { status, tradingState, interval } = each;
        const data = { nextDue, intervalSeconds: interval, status, tradingState } as const;
        await runtime.db.bot.update({ where: { id: botId }, data });
        cycles.push(...rows);
      }
      await runtime.db.cycle.createMany({ data: cycles });
      const sorted = (lags: Pulse["lags"]) => lags.toSorted((one, other) => one.venueId.localeCompare(other.venueId));
      const lags = sorted(await readEach());
      lagging += lags.length;
      expect(sorted(await readLags(runtime))).toEqual(lags);
    }),
    { numRuns: 40 },
  );
  expect(lagging).toBeGreaterThan(0);
});
