import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { decimal, maxOf, type Decimal } from "~/trading/money";
import { rememberFlow } from "~/trading/portfolio/allotment-flow";
import { rememberEquity, type EquityMemory } from "~/trading/portfolio/equity-memory";
import { thinEquityPage } from "../cycle/housekeeping/thin-equity";
import type { Runtime } from "../runtime";
import { requireOwnBot } from "../tenant/find-own";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { loadFlows } from "../views/bot-flows";
import { loadKeptFigures } from "./kept-figures";
import { insertPoints } from "./mark-bots";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";
let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  fixture = await createBooksFixture(runtime);
});

type Amounts = { readonly at: number; readonly equity: Decimal; readonly peak: Decimal; readonly flow?: Decimal };
const save = (botId: string, points: readonly Amounts[]) =>
  runtime.db.$executeRaw(
    insertPoints(
      points.map(({ equity, ...point }) => {
        const amounts = { equity, cash: equity, margin: decimal(0), unrealizedPnl: decimal(0) };
        return { botId, ...amounts, ...point };
      }),
    ),
  );

const plain = (memory: EquityMemory | null | undefined) =>
  memory && [
    memory.last.at,
    ...[memory.last.equity, memory.last.peak, memory.dayStart, memory.dayLow].map((each) => each?.toFixed()),
  ];

/** What all of a bot's points say again, as an audit reads them. */
const foldOf = async (botId: string) => {
  const [row] = await runtime.db.$queryRaw<[Record<string, { toFixed(): string } | null> & { at: Date }]>`
    SELECT at, equity, peak, day_start, day_low FROM equity_memory_of(${botId}::uuid)`;
  const amounts = ["equity", "peak", "day_start", "day_low"].map((name) => row[name]?.toFixed());
  return [row.at.getTime(), ...amounts];
};

/** Hours over midnights and at them, each with marks and flows (a share of equity). */
const lives = fc.array(
  fc.record({
    wait: fc.constantFrom(1, 4, 12, 23, 24, 30),
    equity: fc.integer({ min: 1, max: 9000 }),
    flows: fc.array(
      fc.integer({ min: -90, max: 200 }).filter((share) => share !== 0),
      { maxLength: 2 },
    ),
  }),
  { minLength: 2, maxLength: 8 },
);

describe("what is kept of a bot's equity, with flows between its marks", () => {
  it("is what the core remembers, and what all its points say again", async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (steps) => {
        const botId = await fixture.addBot();
        let memory: EquityMemory | null = null;
        let at = FIRST_SLOT - 3 * HOUR_MS;
        for (const { wait, flows, ...mark } of steps) {
          at += wait * HOUR_MS;
          let equity = decimal(mark.equity);
          const peak: Decimal = maxOf(equity, memory?.last.peak ?? equity);
          memory = rememberEquity(memory, { at, equity, peak });
          await save(botId, [{ at, equity, peak }]);
          for (const [index, share] of flows.entries()) {
            const flow: Decimal = equity.times(share).div(100);
            const flowAt = at + index + 1;
            memory = rememberFlow(memory, { at: flowAt, before: equity, amount: flow });
            equity = equity.plus(flow);
            await save(botId, [{ at: flowAt, equity, peak: memory.last.peak, flow }]);
          }
        }
        const kept = (await loadKeptFigures(runtime.db, [botId])).get(botId);
        expect(plain(kept?.memory)).toEqual(plain(memory));
        expect(await foldOf(botId)).toEqual(plain(memory));
      }),
      { numRuns: 40 },
    );
  });

  it("keeps each flow for ever: of what is thinned, returns are still chained over all of them", async () => {
    const botId = await fixture.addBot();
    const day = 24 * HOUR_MS;
    const equity = decimal(1000);
    await save(botId, [
      ...[0, 1, 2, 3].map((minute) => ({ at: FIRST_SLOT + minute * 60_000, equity, peak: equity })),
      { at: FIRST_SLOT + 90_000, equity: decimal(1500), peak: decimal(1500), flow: decimal(500) },
      { at: FIRST_SLOT + 30 * day, equity, peak: equity },
    ]);
    const own = await requireOwnBot(runtime.db, { userId: fixture.userId, botId });
    const flows = await loadFlows(runtime.db, own);
    await thinEquityPage(runtime, FIRST_ID);
    expect(await loadFlows(runtime.db, own)).toEqual(flows);
    expect(flows.map(({ at, amount, after }) => [at, amount.toFixed(), after.toFixed()])).toEqual([
      [FIRST_SLOT + 90_000, "500", "1500"],
    ]);
    const left = await runtime.db.equityPoint.findMany({ where: { botId }, orderBy: { at: "asc" } });
    expect(left.map((point) => point.at.getTime())).toEqual([
      FIRST_SLOT + 90_000,
      FIRST_SLOT + 180_000,
      FIRST_SLOT + 30 * day,
    ]);
  });
});
