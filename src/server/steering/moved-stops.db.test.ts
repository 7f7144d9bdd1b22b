import { describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { editSettings } from "../testing/edit-fixture";
import { guardOnly } from "../testing/guard-only";
import { shiftMarket } from "../testing/shift-market";
import { readCommand, tellBot } from "../testing/tell-bot";
import { enterAtFirst, breachesAt, LENGTH_MS, NEXT_OPEN, positionOf, SECOND, tradesOf } from "../testing/told-fixture";

import { listNewExits } from "../views/steering/list-new-exits";

let runtime: Runtime;
openBed(
  (bed) => {
    runtime = bed.runtime;
  },
  { poolMax: 10 },
);

describe("exits that are applied", () => {
  const NEARER = { decision: { stopLossFraction: 0.008, takeProfitFraction: 0.02 } };

  it("hold from the next candle on for all that settles the position, and end the command when they are there", async () => {
    const fixture = await enterAtFirst(runtime);
    expect(await editSettings(fixture, NEARER)).toBe(2);
    const before = await positionOf(fixture);
    const commandId = fixture.ports.newId();
    const apply = () => tellBot(fixture, { kind: "apply-exits", isLooser: false }, commandId);
    const asked = await Promise.all([apply(), apply()]);
    expect(asked.map(({ state }) => state)).toEqual(["taken", "taken"]);
    expect((await positionOf(fixture)).stopLoss).toEqual(before.stopLoss);
    fixture.setTime(SECOND);
    await guardOnly(fixture.ports, fixture.botId);
    const { stopLoss, takeProfit, entryPrice, exitPlan } = await positionOf(fixture);
    expect(stopLoss?.div(entryPrice).toNumber()).toBeCloseTo(0.992, 3);
    expect(takeProfit?.div(entryPrice).toNumber()).toBeCloseTo(1.02, 3);
    expect(exitPlan.exitsOrdered).toBeNull();
    expect(await readCommand(fixture, commandId)).toMatchObject({ state: "done" });
    expect(await breachesAt(fixture, SECOND)).toEqual([]);
  });

  it("close by the new stop, are replaced by a later order, and end refused where their position closes before", async () => {
    const fixture = await enterAtFirst(runtime);
    await editSettings(fixture, NEARER);
    const { id: positionId } = await positionOf(fixture);
    const first = await tellBot(fixture, { kind: "apply-exits", positionId, isLooser: false });
    await editSettings(fixture, { decision: { stopLossFraction: 0.006, takeProfitFraction: 0.02 } });
    const second = await tellBot(fixture, { kind: "apply-exits", positionId, isLooser: false });
    expect((await readCommand(fixture, first.id)).reason).toBe("a later command took its place");
    shiftMarket(fixture, FIRST_SLOT + LENGTH_MS, 0.95);
    fixture.setTime(SECOND);
    await guardOnly(fixture.ports, fixture.botId);
    const ended = { state: "refused", reason: "its position closed before" };
    expect(await readCommand(fixture, second.id)).toMatchObject(ended);
  });

  it("say beforehand what they change, and ask twice where a stop protects less", async () => {
    const fixture = await enterAtFirst(runtime);
    const { userId, botId } = fixture;
    await editSettings(fixture, { decision: { stopLossFraction: 0.05, takeProfitFraction: 0.03 } });
    const { positions, version } = await listNewExits(fixture.ports, { userId, botId });
    expect([version, positions.length]).toEqual([2, 1]);
    expect(positions[0]).toMatchObject({ isLooser: true, refused: null });
    expect(positions[0]?.changes.map(({ label }) => label)).toContain("Stop");
    expect((await tellBot(fixture, { kind: "apply-exits", isLooser: false })).reason).toMatch(/protects less/);
    expect(await tellBot(fixture, { kind: "apply-exits", isLooser: true })).toMatchObject({ state: "taken" });
  });
});

describe("a stop that is moved", () => {
  const below = async (fixture: BooksFixture, fraction: number): Promise<string> =>
    (await positionOf(fixture)).mark.times(1 - fraction).toFixed(2);

  it("protects from the next candle on, and ends the command when it is there", async () => {
    const fixture = await enterAtFirst(runtime);
    const { id: positionId } = await positionOf(fixture);
    const level = await below(fixture, 0.005);
    const command = await tellBot(fixture, { kind: "move-stop", positionId, level, isLooser: false });
    expect(command).toMatchObject({ state: "taken" });
    shiftMarket(fixture, NEXT_OPEN, 0.994);
    fixture.setTime(NEXT_OPEN);
    await guardOnly(fixture.ports, fixture.botId);
    expect(await tradesOf(fixture)).toEqual([]);
    fixture.setTime(NEXT_OPEN + LENGTH_MS);
    await guardOnly(fixture.ports, fixture.botId);
    expect(await tradesOf(fixture)).toMatchObject([{ exitReason: "stop-loss", exitedAt: new Date(NEXT_OPEN) }]);
    expect(await readCommand(fixture, command.id)).toMatchObject({ state: "done" });
    expect(await breachesAt(fixture, NEXT_OPEN + LENGTH_MS)).toEqual([]);
  });

  it("is there after the next candle, for all that reads the position", async () => {
    const fixture = await enterAtFirst(runtime);
    const { id: positionId } = await positionOf(fixture);
    const level = await below(fixture, 0.008);
    const { id } = await tellBot(fixture, { kind: "move-stop", positionId, level, isLooser: false });
    fixture.setTime(SECOND);
    await guardOnly(fixture.ports, fixture.botId);
    expect((await positionOf(fixture)).stopLoss?.toFixed(2)).toBe(level);
    expect(await readCommand(fixture, id)).toMatchObject({ state: "done" });
    expect(await breachesAt(fixture, SECOND)).toEqual([]);
  });

  it("that protects less has to be meant", async () => {
    const fixture = await enterAtFirst(runtime);
    const { id: positionId } = await positionOf(fixture);
    const level = await below(fixture, 0.02);
    const told = (isLooser: boolean) => tellBot(fixture, { kind: "move-stop", positionId, level, isLooser });
    expect((await told(false)).reason).toMatch(/protects less than its stop/);
    expect(await told(true)).toMatchObject({ state: "taken" });
  });

  it("gives way to a later order, and is refused where its position closes before", async () => {
    const fixture = await enterAtFirst(runtime);
    const { id: positionId } = await positionOf(fixture);
    const move = async (fraction: number) => {
      const level = await below(fixture, fraction);
      return tellBot(fixture, { kind: "move-stop", positionId, level, isLooser: false });
    };
    const [first, second] = [await move(0.008), await move(0.006)];
    expect((await readCommand(fixture, first.id)).reason).toBe("a later command took its place");
    shiftMarket(fixture, FIRST_SLOT + LENGTH_MS, 0.95);
    fixture.setTime(SECOND);
    await guardOnly(fixture.ports, fixture.botId);
    expect(await readCommand(fixture, second.id)).toMatchObject({
      state: "refused",
      reason: "its position closed before",
    });
  });
});
