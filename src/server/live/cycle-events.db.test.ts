import { describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { LiveEvent } from "~/contracts/live-event";
import { liveEventSchema } from "~/contracts/live-event";
import { failCycle } from "../cycle/fail-cycle";
import { recordEquity } from "../cycle/record-equity";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { beginSlot, claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));

const eventsOf = async ({ userId }: BooksFixture): Promise<LiveEvent[]> => {
  const rows = await runtime.db.liveEvent.findMany({ where: { userId }, orderBy: { number: "asc" } });
  return rows.map(({ kind, payload }) => liveEventSchema.parse({ ...(payload as object), kind }));
};
const ofKind = <Kind extends LiveEvent["kind"]>(events: readonly LiveEvent[], kind: Kind) =>
  events.filter((event): event is Extract<LiveEvent, { kind: Kind }> => event.kind === kind);

describe("a bot that trades for a day", () => {
  it("tells each cycle, each entry and each exit once, with what the books say", async () => {
    const risk = { cooldownMinutes: 0, consecutiveLossesMax: 100, dailyLossMax: 0.5, dailyLossOfCapitalMax: 0.5 };
    const fixture = await createBooksFixture(runtime, { seed: 3, settings: { risk } });
    for (let hour = 0; hour < 24; hour++) {
      const cycle = await claimSlot(fixture, FIRST_SLOT + hour * HOUR_MS, { holder: `run-${hour}` });
      for (const stage of stagesOf(fixture, wishToEnter(fixture))) {
        await stage.run(cycle);
        await stage.run(cycle); // Steps come at least once; what they tell comes once.
      }
    }
    const events = await eventsOf(fixture);
    const where = { botId: fixture.botId };
    const points = await runtime.db.equityPoint.findMany({ where, orderBy: { at: "asc" } });
    expect(ofKind(events, "cycle-ended").map(({ slot, equity, status }) => [slot, equity, status])).toEqual(
      points.map(({ at, equity }) => [at.toISOString(), equity.toFixed(), "done"]),
    );
    const positions = await runtime.db.position.findMany({ where, orderBy: { openedAt: "asc" } });
    expect(ofKind(events, "trade-opened").map(({ positionId, price }) => [positionId, price])).toEqual(
      positions.map(({ id, entryPrice }) => [id, entryPrice.toFixed()]),
    );
    const trades = await runtime.db.trade.findMany({ where, orderBy: { exitedAt: "asc" } });
    expect(trades.length).toBeGreaterThan(1);
    expect(ofKind(events, "trade-closed").map(({ positionId, realizedPnl }) => [positionId, realizedPnl])).toEqual(
      trades.map(({ positionId, realizedPnl }) => [positionId, realizedPnl.toFixed()]),
    );
  });
});

describe("a cycle", () => {
  it("that is skipped says so once, however often it is begun", async () => {
    const fixture = await createBooksFixture(runtime);
    await runtime.db.bot.update({ where: { id: fixture.botId }, data: { tradingState: "halted" } });
    await beginSlot(fixture, FIRST_SLOT, { holder: "run" });
    await beginSlot(fixture, FIRST_SLOT, { holder: "run" });
    expect(await eventsOf(fixture)).toMatchObject([{ kind: "cycle-ended", status: "skipped", equity: null }]);
  });

  it("that fails tells its alert and its end in one go, once", async () => {
    const fixture = await createBooksFixture(runtime);
    const { cycleId } = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    for (let n = 0; n < 2; n++) await failCycle(fixture.ports, { cycleId, message: "no market" });
    expect(await eventsOf(fixture)).toMatchObject([
      { kind: "alert", severity: "critical" },
      { kind: "cycle-ended", cycleId, status: "failed" },
    ]);
  });

  it("that lost its bot tells nothing", async () => {
    const fixture = await createBooksFixture(runtime);
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    await expect(recordEquity(fixture.ports, { ...cycle, epoch: "99" })).rejects.toThrow(/no longer holds/);
    expect(await eventsOf(fixture)).toEqual([]);
  });
});
