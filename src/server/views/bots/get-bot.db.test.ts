import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import type { Database } from "../../db/client";
import type { Ports } from "../../ports";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { runHours } from "../../testing/run-hours";
import { getBot } from "./get-bot";

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed));

/** A day that was thinned, a cycle of it that stayed, five slots that were missed, and a cycle. */
beforeEach(async () => {
  fixture = await createBooksFixture(runtime);
  const { botId, ports } = fixture;
  const day = { botId, day: new Date(FIRST_SLOT - 24 * HOUR_MS), done: 7, skipped: 2 };
  await runtime.db.cycleDay.create({ data: day });
  // It was counted with its day, and is not counted again.
  const kept = { id: ports.newId(), botId, slot: new Date(FIRST_SLOT - 1), status: "done" as const };
  await runtime.db.cycle.create({ data: kept });
  fixture.setTime(FIRST_SLOT + 5 * HOUR_MS);
  await runHours(fixture, { from: 5, hours: 1, wish: () => [] });
});

const countCycles = async (ports: Ports = fixture.ports) =>
  (await getBot(ports, { userId: fixture.userId, botId: fixture.botId })).cycles;

describe("how a bot's cycles ended", () => {
  it("counts cycles that were thinned away, and each slot that was missed", async () => {
    expect(await countCycles()).toEqual({ done: 8, skipped: 2 + 5, failed: 0 });
    // A cycle whose process died has failed too.
    await runtime.db.cycle.updateMany({
      where: { botId: fixture.botId, slot: { gte: new Date(FIRST_SLOT) }, status: "done" },
      data: { status: "abandoned" },
    });
    expect(await countCycles()).toEqual({ done: 7, skipped: 2 + 5, failed: 1 });
  });

  it("counts once a day that is thinned while it is read", async () => {
    const { botId, ports } = fixture;
    const day = { botId, day: new Date(FIRST_SLOT), done: 1, skipped: 5 };
    const aggregate = async <Args, Found>({ args, query }: { args: Args; query: (args: Args) => Promise<Found> }) => {
      const found = await query(args);
      await runtime.db.cycleDay.create({ data: day });
      return found;
    };
    const db = runtime.db.$extends({ query: { cycleDay: { aggregate } } }) as unknown as Database;
    expect(await countCycles({ ...ports, db })).toEqual({ done: 8, skipped: 2 + 5, failed: 0 });
  });
});
