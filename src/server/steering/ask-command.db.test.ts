import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { AppError } from "../errors";
import type { Runtime } from "../runtime";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { nobodyListens } from "../testing/nobody-listens";
import { createPerson } from "../testing/people-fixture";
import { readCommand, tellBot } from "../testing/tell-bot";
import { createQuietBot, enterAtFirst, positionOf, statusOf } from "../testing/told-fixture";
import { askCommand } from "./ask-command";
import { findWaitingBots, followCommand } from "./follow-command";
import { stopEverything } from "./stop-everything";

let runtime: Runtime;
let fixture: BooksFixture;
openBed(
  (bed) => {
    runtime = bed.runtime;
  },
  { poolMax: 10 },
);
beforeEach(async () => {
  fixture = await createQuietBot(runtime);
});

const portsOf = (of: BooksFixture) => ({ ...of.ports, events: nobodyListens });
const codeOf = async (asked: Promise<unknown>): Promise<string> => {
  const error = await asked.then(() => null).catch((thrown: unknown) => thrown);
  return error instanceof AppError ? error.code : String(error);
};

describe("a command", () => {
  it("to another user's bot, and to none, is refused in the same words and leaves nothing", async () => {
    const stranger = await createPerson(runtime);
    const ask = (botId: string) =>
      askCommand(portsOf(fixture), {
        commandId: runtime.newId(),
        userId: stranger.userId,
        botId,
        command: { kind: "stop" },
      });
    const texts = [fixture.botId, runtime.newId()].map((botId) =>
      ask(botId).catch((error: unknown) => (error instanceof AppError ? `${error.code}: ${error.message}` : error)),
    );
    expect(new Set(await Promise.all(texts))).toEqual(
      new Set(["not-found: Bot not found: it does not exist or belongs to another user."]),
    );
    expect(await runtime.db.command.count({ where: { actorId: stranger.userId } })).toBe(0);
    expect(await statusOf(fixture)).toBe("running");
  });

  it("asked at once many times by one id is one command, with one entry in the audit and one activity", async () => {
    const commandId = runtime.newId();
    await Promise.all(Array.from({ length: 8 }, () => tellBot(fixture, { kind: "pause" }, commandId)));
    const { botId } = fixture;
    expect(await runtime.db.command.findMany({ where: { botId } })).toMatchObject([{ id: commandId, state: "done" }]);
    expect(await runtime.db.activity.findMany({ where: { botId } })).toMatchObject([
      { kind: "command", text: "first is paused: it opens nothing, and closes by its rules" },
    ]);
    expect(await runtime.db.auditEntry.findMany({ where: { subject: `bot:${botId}` } })).toMatchObject([
      { action: "command-pause", actorId: fixture.userId, details: { commandId } },
    ]);
  });

  it("by an id that another one has is refused", async () => {
    const { id } = await tellBot(fixture, { kind: "pause" });
    expect(await codeOf(tellBot(fixture, { kind: "stop" }, id))).toBe("conflict");
    expect(await statusOf(fixture)).toBe("paused");
  });

  it("by an id that another user has is as one by a free id, and is one command however often it is asked", async () => {
    const { id } = await tellBot(await createQuietBot(runtime), { kind: "pause" });
    const { botId, userId } = fixture;
    const ask = () => askCommand(portsOf(fixture), { commandId: id, userId, botId, command: { kind: "stop" } });
    const own = await ask();
    expect(own).not.toBe(id);
    expect(await ask()).toBe(own);
    expect(await runtime.db.command.findMany({ where: { botId } })).toMatchObject([{ id: own, state: "done" }]);
    expect(await statusOf(fixture)).toBe("stopped");
  });

  it("is one of at most twenty that wait, also of forty that are asked at once", async () => {
    await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    const asked = Array.from({ length: 40 }, () => codeOf(tellBot(fixture, { kind: "resume" })));
    expect((await Promise.all(asked)).filter((code) => code === "conflict")).toHaveLength(20);
    expect(await runtime.db.command.count({ where: { botId: fixture.botId, state: "asked" } })).toBe(20);
  });

  it("is carried out after those that were asked before, also in the same millisecond", async () => {
    await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    const ids = [runtime.newId(), runtime.newId(), runtime.newId()].toReversed();
    for (const kind of ["pause", "resume", "stop"] as const) await tellBot(fixture, { kind }, ids.shift());
    await runtime.db.$executeRaw`
      UPDATE bot_leases SET holder = NULL, expires_at = NULL WHERE bot_id = ${fixture.botId}::uuid`;
    await runtime.db.cycle.updateMany({ where: { botId: fixture.botId }, data: { status: "done" } });
    expect(await followCommand(fixture.ports, fixture.botId)).toEqual({ waiting: 0, settlesInMs: null, runs: [] });
    const states = await runtime.db.command.findMany({ where: { botId: fixture.botId }, orderBy: { askedAt: "asc" } });
    expect(states.map(({ kind, state }) => `${kind} ${state}`)).toEqual(["pause done", "resume done", "stop done"]);
    expect(await statusOf(fixture)).toBe("stopped");
  });

  it("is refused while twenty wait for the bot's cycle, but not one that waits already", async () => {
    await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    const { id } = await tellBot(fixture, { kind: "pause" });
    for (let count = 1; count < 20; count++) await tellBot(fixture, { kind: "resume" });
    expect(await codeOf(tellBot(fixture, { kind: "resume" }))).toBe("conflict");
    expect(await tellBot(fixture, { kind: "pause" }, id)).toMatchObject({ state: "asked" });
  });

  it("that ends trading is heard beside twenty that wait, ten times at most", async () => {
    await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    for (let count = 0; count < 20; count++) await tellBot(fixture, { kind: "resume" });
    for (let count = 0; count < 5; count++) {
      expect(await tellBot(fixture, { kind: "stop" })).toMatchObject({ state: "asked" });
      expect(await tellBot(fixture, { kind: "close-all" })).toMatchObject({ state: "asked" });
    }
    expect(await codeOf(tellBot(fixture, { kind: "stop" }))).toBe("conflict");
  });

  it("whose hint was lost is found, once it waits for long", async () => {
    await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    const { id } = await tellBot(fixture, { kind: "stop" });
    const { askedAt } = await readCommand(fixture, id);
    const waitingAfter = (ms: number) => findWaitingBots({ ...runtime, wallNow: () => askedAt.getTime() + ms });
    expect(await waitingAfter(5000)).not.toContain(fixture.botId);
    expect(await waitingAfter(5001)).toContain(fixture.botId);
  });
});

describe("what is settled of a command", () => {
  it("comes when the candle that opens next has closed", async () => {
    const entered = await enterAtFirst(runtime);
    await tellBot(entered, { kind: "close-all" });
    // Told 7 minutes after the hour: the next candle opens after 3 minutes more, and closes after 8.
    expect(await followCommand(entered.ports, entered.botId)).toEqual({ waiting: 0, settlesInMs: 480_250, runs: [] });
  });
});

describe("stopping everything", () => {
  it("stops every bot and closes what they hold, once however often it is asked, and tells nobody else's", async () => {
    const entered = await enterAtFirst(runtime);
    const idle = await entered.addBot();
    const other = await enterAtFirst(runtime);
    const told = { userId: entered.userId, commandId: runtime.newId() };
    const stop = () => stopEverything(portsOf(entered), told);
    expect(await stop()).toEqual({ stopped: 2, closing: 1 });
    await stop();
    const commands = await runtime.db.command.findMany({ where: { actorId: entered.userId } });
    expect(commands.map(({ botId, kind, state }) => `${botId} ${kind} ${state}`).toSorted()).toEqual(
      [`${entered.botId} stop done`, `${entered.botId} closeAll taken`, `${idle} stop done`].toSorted(),
    );
    expect((await positionOf(entered)).exitPlan.closeOrderedAt).not.toBeNull();
    expect([await statusOf(other), (await positionOf(other)).exitPlan.closeOrderedAt]).toEqual(["running", null]);
  });

  it("closes too what a cycle opens that has the bot at that moment", async () => {
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    await stopEverything(portsOf(fixture), { userId: fixture.userId, commandId: runtime.newId() });
    for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
    expect((await positionOf(fixture)).exitPlan.closeOrderedAt).toBeNull();
    expect(await followCommand(fixture.ports, fixture.botId)).toMatchObject({ waiting: 0 });
    expect((await positionOf(fixture)).exitPlan.closeOrderedAt).not.toBeNull();
    expect(await statusOf(fixture)).toBe("stopped");
  });

  it("stops all others where one bot cannot be told", async () => {
    await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    for (let count = 0; count < 20; count++) await tellBot(fixture, { kind: "resume" });
    for (let count = 0; count < 10; count++) await tellBot(fixture, { kind: "stop" });
    const others = [await fixture.addBot(), await fixture.addBot()];
    const stop = stopEverything(portsOf(fixture), { userId: fixture.userId, commandId: runtime.newId() });
    expect(await codeOf(stop)).toBe("conflict");
    const stopped = await runtime.db.bot.count({ where: { id: { in: others }, status: "stopped" } });
    expect(stopped).toBe(2);
  });
});
