import { describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { isFinal } from "../cycle/cycle-ref";
import { findGuardedBots } from "../cycle/find-guarded-bots";
import { guardBots } from "../cycle/guard-page";
import { lookAtPage } from "../looks/look-at-page";
import type { BooksFixture } from "../testing/books-fixture";
import type { Runtime } from "../runtime";
import { FIRST_SLOT } from "../testing/books-fixture";
import { beginSlot, claimSlot, expireLease, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { guardOnly } from "../testing/guard-only";
import { shiftMarket } from "../testing/shift-market";
import { readCommand, tellBot } from "../testing/tell-bot";
import {
  createQuietBot,
  enterAtFirst,
  breachesAt,
  FIRST_ID,
  LENGTH_MS,
  NEXT_OPEN,
  positionOf,
  runSlot,
  SECOND,
  statusOf,
  TOLD_AT,
  tradesOf,
} from "../testing/told-fixture";
import { takeCommands } from "./take-commands";

let runtime: Runtime;
openBed(
  (bed) => {
    runtime = bed.runtime;
  },
  { poolMax: 10 },
);

const openAt = ({ market }: BooksFixture, time: number): number =>
  market.candles.get("BTC/USDT")?.find(({ openTime }) => openTime === time)?.open ?? Number.NaN;

describe("a position that is told to close", () => {
  it("leaves at the open of the next candle, is booked once however often it is asked and settled, and ends the command", async () => {
    const fixture = await enterAtFirst(runtime);
    const { id: positionId } = await positionOf(fixture);
    const commandId = fixture.ports.newId();
    const close = () => tellBot(fixture, { kind: "close-position", positionId }, commandId);
    const asked = await Promise.all([close(), close(), close()]);
    expect(asked.map(({ state }) => state)).toEqual(["taken", "taken", "taken"]);
    expect(asked[0]).toMatchObject({ effectiveAt: new Date(TOLD_AT), positionIds: [positionId], endedAt: null });
    fixture.setTime(NEXT_OPEN + LENGTH_MS);
    await Promise.all(Array.from({ length: 4 }, () => guardOnly(fixture.ports, fixture.botId)));
    const [trade, ...more] = await tradesOf(fixture);
    expect(more).toEqual([]);
    expect(trade).toMatchObject({ exitReason: "by-hand", exitedAt: new Date(NEXT_OPEN) });
    expect(Number(trade?.exitPrice) / openAt(fixture, NEXT_OPEN)).toBeCloseTo(1, 3);
    expect(await readCommand(fixture, commandId)).toMatchObject({ state: "done", endedAt: expect.any(Date) });
    expect(await breachesAt(fixture, NEXT_OPEN + LENGTH_MS)).toEqual([]);
  });

  it("leaves so too when a look comes first, and when its bot is stopped", async () => {
    const looked = await enterAtFirst(runtime);
    await tellBot(looked, { kind: "close-all" });
    looked.setTime(SECOND);
    const { planned } = await lookAtPage(looked.ports, { venueId: looked.venueId, slot: SECOND, after: FIRST_ID });
    expect(planned).toHaveLength(1);
    await runSlot(looked, SECOND, () => []).catch(() => undefined);
    const stopped = await enterAtFirst(runtime);
    await tellBot(stopped, { kind: "stop" });
    await tellBot(stopped, { kind: "close-all" });
    for (const fixture of [looked, stopped]) {
      fixture.setTime(SECOND);
      await guardOnly(fixture.ports, fixture.botId);
      expect(await tradesOf(fixture)).toMatchObject([{ exitReason: "by-hand", exitedAt: new Date(NEXT_OPEN) }]);
    }
  });

  it("is stopped where its stop is reached before, and the command is done all the same", async () => {
    const fixture = await enterAtFirst(runtime);
    shiftMarket(fixture, FIRST_SLOT + LENGTH_MS, 0.95);
    const { id } = await tellBot(fixture, { kind: "close-all" });
    fixture.setTime(SECOND);
    await guardOnly(fixture.ports, fixture.botId);
    expect(await tradesOf(fixture)).toMatchObject([{ exitReason: "stop-loss" }]);
    expect(await readCommand(fixture, id)).toMatchObject({ state: "done" });
  });

  it("of another bot, and one that never was, is refused in the same words", async () => {
    const [fixture, other] = [await enterAtFirst(runtime), await enterAtFirst(runtime)];
    const { id: foreign } = await positionOf(other);
    const reasons = [foreign, fixture.ports.newId()].map(async (positionId) => {
      const { state, reason } = await tellBot(fixture, { kind: "close-position", positionId });
      return `${state}: ${reason}`;
    });
    expect(new Set(await Promise.all(reasons))).toEqual(new Set(["refused: it has no such open position"]));
    expect((await positionOf(other)).exitPlan.closeOrderedAt).toBeNull();
  });

  it("twice by two commands, or where nothing is held, is refused with the reason", async () => {
    const fixture = await enterAtFirst(runtime);
    await tellBot(fixture, { kind: "close-all" });
    expect((await tellBot(fixture, { kind: "close-all" })).reason).toMatch(/ordered closed already/);
    fixture.setTime(SECOND);
    await guardOnly(fixture.ports, fixture.botId);
    expect((await tellBot(fixture, { kind: "close-all" })).reason).toBe("it holds nothing");
  });
});

describe("a command to a bot that a cycle has", () => {
  it("waits until that ends, and nothing changes under the cycle", async () => {
    const fixture = await enterAtFirst(runtime);
    const cycle = await claimSlot(fixture, SECOND, { holder: "run-2" });
    const command = await tellBot(fixture, { kind: "stop" });
    expect(command).toMatchObject({ state: "asked", takenAt: null });
    expect(await takeCommands(fixture.ports, fixture.botId)).toEqual({ waiting: 1 });
    expect(await statusOf(fixture)).toBe("running");
    for (const stage of stagesOf(fixture, () => [])) await stage.run(cycle);
    expect(await takeCommands(fixture.ports, fixture.botId)).toEqual({ waiting: 0 });
    expect(await readCommand(fixture, command.id)).toMatchObject({ state: "done" });
    expect(await statusOf(fixture)).toBe("stopped");
  });

  it.each(["read-market", "make-decisions", "apply-risk", "execute-orders"])(
    "that died before its stage %s ends the cycle: it writes nothing more, and a stopped bot never enters",
    async (name) => {
      const fixture = await createQuietBot(runtime);
      const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
      const stages = stagesOf(fixture, wishToEnter(fixture));
      const at = stages.findIndex((stage) => stage.name === name);
      for (const stage of stages.slice(0, at)) await stage.run(cycle);
      await expireLease(fixture);
      expect(await tellBot(fixture, { kind: "stop" })).toMatchObject({ state: "done" });
      for (const stage of stages.slice(at)) {
        const error = await stage.run(cycle).catch((thrown: unknown) => thrown);
        expect(isFinal(error), stage.name).toBe(true);
      }
      const { botId } = fixture;
      expect(await runtime.db.position.count({ where: { botId } })).toBe(0);
      expect(await runtime.db.cycle.findMany({ where: { botId } })).toMatchObject([{ status: "abandoned" }]);
      const again = { botId, cycleId: cycle.cycleId, holder: "run-1" };
      expect(await beginSlot(fixture, FIRST_SLOT, again)).toMatchObject({ outcome: "skipped" });
    },
  );
});

describe("what was read of a bot before it was told something is not written after", () => {
  it("by a guard", async () => {
    const fixture = await enterAtFirst(runtime);
    const bots = (await findGuardedBots(fixture.ports, FIRST_ID)).filter(({ botId }) => botId === fixture.botId);
    await tellBot(fixture, { kind: "close-all" });
    await guardBots(fixture.ports, bots);
    expect((await positionOf(fixture)).exitPlan.closeOrderedAt).toBe(TOLD_AT);
  });
});
