import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { loadOpenPositions } from "../books/positions";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { wishToEnter } from "../testing/cycle-fixture";
import { editSettings } from "../testing/edit-fixture";
import { guardOnly } from "../testing/guard-only";
import { readCommand, tellBot } from "../testing/tell-bot";
import { breachesAt, LENGTH_MS, runSlot, SECOND, TOLD_AT } from "../testing/told-fixture";
import { listNewExits } from "../views/steering/list-new-exits";

const [BTC, ETH] = ["BTC/USDT", "ETH/USDT"] as const;
const NEARER = { decision: { stopLossFraction: 0.008, takeProfitFraction: 0.02 } };

let runtime: Runtime;
let fixture: BooksFixture;
openBed(
  (bed) => {
    runtime = bed.runtime;
  },
  { poolMax: 10 },
);
beforeEach(async () => {
  const settings = { risk: { correlationMax: 1 } };
  fixture = await createBooksFixture(runtime, { volatility: 0.0001, pairs: [BTC, ETH], settings });
  const wishes = [wishToEnter(fixture, BTC), wishToEnter(fixture, ETH)];
  await runSlot(fixture, FIRST_SLOT, (slot) => wishes.flatMap((wish) => wish(slot)));
  fixture.setTime(TOLD_AT);
  await editSettings(fixture, NEARER);
});

const heldIn = async (pair: string) => {
  const position = (await loadOpenPositions(runtime.db, fixture.botId)).find((each) => each.pair === pair);
  if (!position) throw new Error(`nothing is held in ${pair}`);
  return position;
};

/** It falls beyond every stop before what is ordered comes to pass. */
const fall = (pair: string): void => {
  const { candles } = fixture.market;
  const fallen = (candles.get(pair) ?? []).map(({ openTime, open, high, low, close, volume }) => {
    const factor = openTime >= FIRST_SLOT + LENGTH_MS ? 0.95 : 1;
    return { openTime, volume, open: open * factor, high: high * factor, low: low * factor, close: close * factor };
  });
  candles.set(pair, fallen);
};

const settle = async (): Promise<void> => {
  fixture.setTime(SECOND);
  await guardOnly(fixture.ports, fixture.botId);
  expect(await breachesAt(fixture, SECOND)).toEqual([]);
};

/** As if that one had been settled alone by now. */
const takeExits = async (pair: string): Promise<void> => {
  const { id } = await heldIn(pair);
  await runtime.db.$executeRaw`
    UPDATE positions SET exit_plan = jsonb_set(exit_plan, '{exitsOrdered}', 'null') WHERE id = ${id}::uuid`;
};

const apply = () => tellBot(fixture, { kind: "apply-exits", isLooser: false });

describe("exits for several positions", () => {
  it("are done where all have them", async () => {
    const { id } = await apply();
    await settle();
    const { positionIds, doneIds, ...command } = await readCommand(fixture, id);
    expect(command).toMatchObject({ state: "done", reason: null });
    expect(doneIds.toSorted()).toEqual(positionIds.toSorted());
    expect(doneIds).toHaveLength(2);
  });

  it("are done where one has them and the other closed before, and say so", async () => {
    const { id } = await apply();
    fall(ETH);
    await settle();
    const reason = "1 of 2 positions have them: the rest closed before";
    expect(await readCommand(fixture, id)).toMatchObject({ state: "done", reason, doneIds: [(await heldIn(BTC)).id] });
  });

  it("are refused where all closed before", async () => {
    const { id } = await apply();
    for (const pair of [BTC, ETH]) fall(pair);
    await settle();
    const reason = "its positions closed before";
    expect(await readCommand(fixture, id)).toMatchObject({ state: "refused", reason, doneIds: [] });
  });

  it("are done where one has them before a later command takes the place of the rest", async () => {
    const { id } = await apply();
    await takeExits(BTC);
    expect(await readCommand(fixture, id)).toMatchObject({ state: "taken" });
    const { id: positionId, mark } = await heldIn(ETH);
    await tellBot(fixture, { kind: "move-stop", positionId, level: mark.times(0.995).toFixed(2), isLooser: false });
    const reason = "1 of 2 positions have them: a later command took the place of the rest";
    expect(await readCommand(fixture, id)).toMatchObject({ state: "done", reason });
  });

  it("wait for the other where the one that has them is told otherwise later, and are done then", async () => {
    const { id } = await apply();
    await takeExits(BTC);
    const { id: positionId, mark } = await heldIn(BTC);
    await tellBot(fixture, { kind: "move-stop", positionId, level: mark.times(0.995).toFixed(2), isLooser: false });
    expect(await readCommand(fixture, id)).toMatchObject({ state: "taken" });
    await settle();
    expect(await readCommand(fixture, id)).toMatchObject({ state: "done", reason: null });
  });

  it("go on for the other where one is closed by hand before, and are done or refused by that one", async () => {
    const { id } = await apply();
    await tellBot(fixture, { kind: "close-position", positionId: (await heldIn(BTC)).id });
    expect(await readCommand(fixture, id)).toMatchObject({ state: "taken", positionIds: [(await heldIn(ETH)).id] });
    await settle();
    expect(await readCommand(fixture, id)).toMatchObject({ state: "done", reason: null });
  });
});

describe("exits that a trader looked at", () => {
  it("are applied as they were seen, and not those of a version that was saved since", async () => {
    const { userId, botId } = fixture;
    const { version } = await listNewExits(fixture.ports, { userId, botId });
    await editSettings(fixture, { decision: { stopLossFraction: 0.006, takeProfitFraction: 0.02 } });
    const told = (seen: number) => tellBot(fixture, { kind: "apply-exits", isLooser: false, version: seen });
    expect(await told(version)).toMatchObject({
      state: "refused",
      reason: "version 3 of its settings was saved since you looked at version 2: look again",
    });
    expect((await heldIn(BTC)).exitPlan.exitsOrdered).toBeNull();
    expect(await told(3)).toMatchObject({ state: "taken" });
  });
});
