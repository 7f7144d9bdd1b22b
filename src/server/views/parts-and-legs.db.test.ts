import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { cycleViewSchema, type CycleView } from "~/contracts/cycle-view";
import { NO_EXIT_TERMS } from "~/trading/portfolio/exit-terms";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter, type Wish } from "../testing/cycle-fixture";
import { PERMISSIVE } from "../testing/run-hours";
import { shiftMarket } from "../testing/shift-market";
import { getCycle } from "./cycles/get-cycle";

const MINUTE = 60_000;

let runtime: Runtime;
let fixture: BooksFixture;
const cycles: CycleView[] = [];

const live = async (hour: number, wish: NonNullable<Wish>): Promise<void> => {
  const cycle = await claimSlot(fixture, FIRST_SLOT + hour * HOUR_MS, { holder: `run-${hour}` });
  for (const stage of stagesOf(fixture, wish)) await stage.run(cycle);
  cycles.push(await getCycle(runtime, { userId: fixture.userId, cycleId: cycle.cycleId }));
};

const shift = (hour: number, factor: number): void =>
  shiftMarket(fixture, FIRST_SLOT + hour * HOUR_MS + 30 * MINUTE, factor);

openBed((bed) => ({ runtime } = bed));
/** A position that is entered in two steps, leaves in a part, is added to and is stopped: one each hour. */
beforeAll(async () => {
  const settings = {
    dca: { legs: [{ againstFraction: 0.005, share: 0.3 }] },
    risk: { ...PERMISSIVE, rewardToRiskMin: 0.5, pyramidingMarginMax: 0.05 },
  };
  fixture = await createBooksFixture(runtime, { volatility: 0.0001, settings });
  const exits = { ...NO_EXIT_TERMS, targets: [{ atFraction: 0.01, share: 0.5 }] };
  const wish = wishToEnter(fixture);
  const enter = (slot: number) => wish(slot).map((decision) => ({ ...decision, exits }));
  const nothing = () => [];
  await live(0, enter);
  shift(0, 0.993);
  await live(1, nothing);
  shift(1, 1.02);
  await live(2, enter);
  shift(2, 0.96);
  await live(3, nothing);
});

const fillsOf = async () => {
  const fills = await runtime.db.fill.findMany({ include: { order: { include: { intent: true } } } });
  return fills.toSorted((one, other) => one.filledAt.getTime() - other.filledAt.getTime());
};

describe("a cycle's page", () => {
  it("lists the legs that were entered and the parts that left in its span, beside what was closed", async () => {
    const fills = await fillsOf();
    const told = cycles.map(({ settled }) => settled.map(({ change, kind, quantity }) => [change, kind, quantity]));
    const quantityOf = (kind: string) => fills.find(({ order }) => order.intent.kind === kind)?.quantity.toFixed();
    expect(told).toEqual([
      [],
      [["leg", "entry-leg", quantityOf("entry-leg")]],
      [["part", "partial-target", quantityOf("partial-target")]],
      [["closed", "stop-loss", quantityOf("stop-loss")]],
    ]);
    const trade = await runtime.db.trade.findFirstOrThrow();
    expect(cycles.flatMap(({ settled }) => settled.map(({ net }) => net))).toEqual([
      null,
      null,
      trade.realizedPnl.toFixed(),
    ]);
    for (const view of cycles) expect(cycleViewSchema.safeParse(view).error).toBeUndefined();
  });
});
