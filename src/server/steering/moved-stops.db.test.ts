import { describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { guardOnly } from "../testing/guard-only";
import { shiftMarket } from "../testing/shift-market";
import { readCommand, tellBot } from "../testing/tell-bot";
import { enterAtFirst, breachesAt, LENGTH_MS, NEXT_OPEN, positionOf, SECOND, tradesOf } from "../testing/told-fixture";

let runtime: Runtime;
openBed(
  (bed) => {
    runtime = bed.runtime;
  },
  { poolMax: 10 },
);

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
