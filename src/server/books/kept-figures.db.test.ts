import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { decimal, maxOf, type Decimal } from "~/trading/money";
import { rememberEquity, type EquityMemory } from "~/trading/portfolio/equity-memory";
import { countLosses } from "~/trading/risk/loss-pause";
import { thinEquityPage } from "../cycle/housekeeping/thin-equity";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { PERMISSIVE, runHours } from "../testing/run-hours";
import { wishToEnter } from "../testing/cycle-fixture";
import { checkBotInvariants } from "./check-bot-invariants";
import { loadBotBooks } from "./bot-books";
import { loadKeptFigures } from "./kept-figures";
import { loadBalances } from "./ledger";
import { insertPoints } from "./mark-bots";

const HOURS = 26;

const FIRST_ID = "00000000-0000-0000-0000-000000000000";
let runtime: Runtime;
let fixture: BooksFixture;
let botId: string;
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  fixture = await createBooksFixture(runtime, { seed: 3, settings: { risk: PERMISSIVE } });
  await runHours(fixture, { hours: HOURS, wish: wishToEnter(fixture) });
});
beforeEach(async () => {
  botId = await fixture.addBot();
});

const savePoints = (db: Runtime["db"], points: Parameters<typeof insertPoints>[0]): Promise<number> =>
  db.$executeRaw(insertPoints(points));

const plain = (memory: EquityMemory | null) =>
  memory && {
    at: memory.last.at,
    amounts: [memory.last.equity, memory.last.peak, memory.dayStart, memory.dayLow].map((each) => each?.toFixed()),
  };

type Drawn = { readonly at: number; readonly equity: number };
const pointOf = ({ at, equity }: Drawn, of: string, peak: Decimal) => ({
  botId: of,
  at,
  equity: decimal(equity),
  cash: decimal(equity),
  margin: decimal(0),
  unrealizedPnl: decimal(0),
  peak,
});
/** Points with the peaks through each. */
const withPeaks = (drawn: readonly Drawn[], of = botId) => {
  let peak = decimal(0);
  return drawn.map((each) => pointOf(each, of, (peak = maxOf(peak, decimal(each.equity)))));
};
const foldOf = (points: ReturnType<typeof withPeaks>): EquityMemory | null =>
  points.reduce<EquityMemory | null>(rememberEquity, null);

/** Several points a statement, over midnights and at them. */
const statements = fc.array(
  fc.array(fc.record({ wait: fc.constantFrom(1, 2, 4, 12, 24, 30), equity: fc.integer({ min: 1, max: 9 }) }), {
    minLength: 1,
    maxLength: 5,
  }),
  { minLength: 3, maxLength: 6 },
);
const toDrawn = (batches: readonly (readonly { wait: number; equity: number }[])[]): Drawn[][] => {
  let at = FIRST_SLOT + 20 * HOUR_MS;
  return batches.map((batch) => batch.map(({ wait, equity }) => ({ at: (at += wait * HOUR_MS), equity })));
};

describe("what is kept of a bot's equity points", () => {
  it("is what the core remembers of them, however many come in one statement, also of several bots", async () => {
    await fc.assert(
      fc.asyncProperty(statements, async (batches) => {
        const bots = [await fixture.addBot(), await fixture.addBot()] as const;
        const drawn = toDrawn(batches);
        // The second has every other point, so that its last one in a statement may be of an earlier day.
        const all = [
          withPeaks(drawn.flat(), bots[0]),
          withPeaks(
            drawn.flat().filter((_, index) => index % 2 > 0),
            bots[1],
          ),
        ];
        for (const batch of drawn) {
          const through = batch.at(-1)?.at ?? 0;
          const isNew = ({ at }: { readonly at: number }) => at >= (batch[0]?.at ?? 0) && at <= through;
          await savePoints(
            runtime.db,
            all.flatMap((points) => points.filter(isNew).toReversed()),
          );
          const kept = await loadKeptFigures(runtime.db, bots);
          const marked = all.map((points) => points.filter(({ at }) => at <= through));
          expect(bots.map((of) => plain(kept.get(of)?.memory ?? null))).toEqual(
            marked.map((each) => plain(foldOf(each))),
          );
        }
      }),
      { numRuns: 20 },
    );
  });

  it("is the same where points come in another order than that of their times", async () => {
    const hours = [30, 27, 2, 25, 24, 23];
    const points = withPeaks(
      hours.toSorted((a, b) => a - b).map((hour) => ({ at: FIRST_SLOT + hour * HOUR_MS, equity: 100 - hour })),
    );
    for (const time of hours.map((hour) => FIRST_SLOT + hour * HOUR_MS)) {
      const [point] = points.filter(({ at }) => at === time);
      if (point) await savePoints(runtime.db, [point]);
    }
    expect(plain((await loadBotBooks(runtime.db, botId)).kept.memory)).toEqual(plain(foldOf(points)));
  });

  it("is nothing before the first", async () => {
    expect((await loadBotBooks(runtime.db, botId)).kept.memory).toBeNull();
  });

  it("is not changed by thinning them, and still what the rest of them say", async () => {
    // The day of the last point starts with one that is months old.
    const hours = [
      ...[0, 40].flatMap((day) => [1, 2, 3, 25].map((hour) => day * 24 + hour)),
      150 * 24 + 1,
      150 * 24 + 2,
    ];
    const points = withPeaks(hours.map((hour, index) => ({ at: FIRST_SLOT + hour * HOUR_MS, equity: 109 - index })));
    await savePoints(runtime.db, points);
    const before = (await loadBotBooks(runtime.db, botId)).kept;
    expect((await thinEquityPage(runtime, FIRST_ID)).dropped).toBeGreaterThan(3);
    expect((await loadBotBooks(runtime.db, botId)).kept).toEqual(before);
    const broken = await checkBotInvariants(fixture.ports, { botId, settingsVersion: 1, at: points.at(-1)?.at ?? 0 });
    expect(broken.filter(({ invariant }) => invariant === "I15")).toEqual([]);
  });
});

describe("what is kept of a bot that traded for days", () => {
  it("is what its ledger adds up to, by account", async () => {
    const lines = await runtime.db.ledgerEntry.findMany({ where: { botId: fixture.botId } });
    const balances = await loadBalances(runtime.db, fixture.botId);
    for (const [account, balance] of Object.entries(balances)) {
      const sum = lines
        .filter((line) => line.account === account)
        .reduce((total, { amount }) => total.plus(amount.toFixed()), decimal(0));
      expect(balance.toFixed(), account).toBe(sum.toFixed());
    }
    expect(balances.fees.gt(0) && balances.cash.gt(0)).toBe(true);
  });

  it("numbers its losses in the order of their exits", async () => {
    const trades = await runtime.db.trade.findMany({
      where: { botId: fixture.botId },
      orderBy: [{ exitedAt: "asc" }, { marketId: "asc" }, { positionId: "asc" }],
    });
    let before = 0;
    const numbers = trades.map(
      ({ realizedPnl }) => (before = countLosses(before, { realizedPnl: decimal(realizedPnl.toFixed()) })),
    );
    expect(trades.map(({ lossesInRow }) => lossesInRow)).toEqual(numbers);
    expect(Math.max(...numbers)).toBeGreaterThan(1);
  });

  it("counts what each rule refused, and nothing that one made smaller", async () => {
    const control = await createBooksFixture(runtime, { settings: { mode: "buy-and-hold" } });
    await runHours(control, { hours: 1, wish: null });
    const verdicts = await runtime.db.verdict.findMany({ where: { botId: { in: [control.botId, fixture.botId] } } });
    const rules = verdicts.filter(({ outcome }) => outcome === "rejected").map(({ rule }) => rule);
    expect(verdicts.filter((each) => each.botId === control.botId)).toMatchObject([{ outcome: "resized" }]);
    expect(
      await runtime.db.refusalCount.findMany({ where: { botId: { in: [control.botId, fixture.botId] } } }),
    ).toEqual(
      [...new Set(rules)].map((rule) => ({
        botId: fixture.botId,
        rule,
        refusals: rules.filter((each) => each === rule).length,
      })),
    );
  });

  it("breaks no invariant", async () => {
    const at = FIRST_SLOT + (HOURS - 1) * HOUR_MS;
    expect(await checkBotInvariants(fixture.ports, { botId: fixture.botId, settingsVersion: 1, at })).toEqual([]);
  });
});
