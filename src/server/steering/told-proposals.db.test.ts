import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import {
  accept,
  decline,
  entriesOf,
  MINUTE_MS,
  proposalOf,
  proposeAtFirst,
  runStarted,
} from "../testing/approval-fixture";
import { freeBot, holdBot } from "../testing/bot-in-hand";
import { FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { editSettings } from "../testing/edit-fixture";
import { shiftMarket } from "../testing/shift-market";
import { readCommand, tellBot } from "../testing/tell-bot";
import { LENGTH_MS, NEXT_OPEN, runSlot, TOLD_AT } from "../testing/told-fixture";
import { watchProposals } from "./watch-proposals";

let runtime: Runtime;
let fixture: BooksFixture;
openBed(
  (bed) => {
    runtime = bed.runtime;
  },
  { poolMax: 10 },
);
beforeEach(async () => {
  fixture = await proposeAtFirst(runtime);
});

const DEADLINE = FIRST_SLOT + 10 * MINUTE_MS;

/** What its trader reads of the bot's proposals, in the list of what happened; the open pages were told the same. */
const toldOf = async () => {
  const { botId, userId } = fixture;
  const rows = await runtime.db.activity.findMany({
    where: { botId, kind: "proposal" },
    orderBy: { createdAt: "asc" },
  });
  const events = await runtime.db.liveEvent.findMany({
    where: { userId, kind: "proposal" },
    orderBy: { number: "asc" },
  });
  const texts = rows.map(({ text }) => text);
  expect(events.map(({ payload }) => (payload as { text: string }).text).toSorted()).toEqual(texts.toSorted());
  return texts;
};

const PROPOSED = "first proposes BTC/USDT long: it waits for you";

describe("a trader is told, in the list of what happened and on open pages,", () => {
  it("of a proposal by the name of its bot, as of its slot", async () => {
    expect(await toldOf()).toEqual([PROPOSED]);
    const { createdAt, id } = await proposalOf(fixture);
    expect(await runtime.db.activity.findFirst({ where: { kind: "proposal", botId: fixture.botId } })).toMatchObject({
      at: new Date(FIRST_SLOT),
      createdAt,
      details: { proposalId: id },
    });
  });

  it("of nothing where the proposal was dropped, because one of its pair is being placed", async () => {
    const { botId } = fixture;
    await runSlot(fixture, FIRST_SLOT + HOUR_MS, () => []);
    fixture.setTime(TOLD_AT);
    await accept(fixture);
    const decisionId = runtime.newId();
    await runtime.db.$executeRaw`
      INSERT INTO decisions SELECT (jsonb_populate_record(d, jsonb_build_object('id', ${decisionId}::text, 'cycle_id', c.id))).*
      FROM decisions d, cycles c WHERE c.bot_id = ${botId}::uuid AND c.slot = ${new Date(FIRST_SLOT + HOUR_MS)}
        AND d.id = (SELECT decision_id FROM proposals WHERE bot_id = ${botId}::uuid)`;
    await runtime.db.$executeRaw`
      INSERT INTO proposals SELECT (jsonb_populate_record(p, jsonb_build_object('id', ${runtime.newId()}::text,
        'decision_id', ${decisionId}::text, 'state', 'proposed', 'command_id', NULL))).* FROM proposals p WHERE bot_id = ${botId}::uuid`;
    expect(await runtime.db.proposal.count({ where: { botId } })).toBe(1);
    expect(await toldOf()).toEqual([PROPOSED]);
  });

  it.each([
    ["pause", "paused"],
    ["stop", "stopped"],
  ] as const)("that none waits any more, once the bot is told to %s", async (kind, status) => {
    await tellBot(fixture, { kind });
    expect(await toldOf()).toEqual([PROPOSED, `first does not enter BTC/USDT long any more: the bot was ${status}`]);
  });

  it("that what was accepted is ordered, as of the slot that ordered it", async () => {
    const { id } = await accept(fixture);
    await runStarted(fixture, id);
    expect(await toldOf()).toEqual([PROPOSED, "first ordered BTC/USDT long, as you accepted"]);
    const rows = await runtime.db.activity.findMany({ where: { botId: fixture.botId, kind: "proposal" } });
    expect(rows.map(({ at }) => at.getTime())).toContain(NEXT_OPEN);
  });

  it("why what was accepted is not entered", async () => {
    const until = new Date(FIRST_SLOT + HOUR_MS).toISOString();
    await tellBot(fixture, { kind: "lock-pair", pair: null, until, reason: null });
    const { id } = await accept(fixture);
    await runStarted(fixture, id);
    const why = "the risk gate: you locked it until 2024-01-22 01:00 UTC";
    expect(await toldOf()).toEqual([PROPOSED, `first did not enter BTC/USDT long, which you accepted: ${why}`]);
  });

  it("once of what was declined: by the command", async () => {
    await decline(fixture);
    expect(await toldOf()).toEqual([PROPOSED]);
  });

  it("that nobody knows yet whether an order was filled: it counts as placed, and its command as done", async () => {
    const { id } = await accept(fixture);
    await runStarted(fixture, id, 4);
    await runtime.db.cycle.updateMany({ where: { commandId: id }, data: { status: "done", endedAt: new Date() } });
    const reason = expect.stringContaining("whether it was filled is not known yet") as string;
    expect(await proposalOf(fixture)).toMatchObject({ state: "placed", reason });
    expect(await readCommand(fixture, id)).toMatchObject({ state: "done", reason });
    expect(await toldOf()).toEqual([PROPOSED, expect.stringMatching(/^first ordered BTC.*: its order was sent/)]);
  });
});

describe("an acceptance that waits for the cycle which has the bot", () => {
  const acceptAt = async (time: number) => {
    await holdBot(fixture);
    fixture.setTime(time);
    const { id, state } = await accept(fixture);
    expect(state).toBe("asked");
    fixture.setTime(DEADLINE + MINUTE_MS);
    return id;
  };
  const watch = () => watchProposals(fixture.ports, fixture.botId);

  it("counts from when it was asked, however late it is taken", async () => {
    const id = await acceptAt(DEADLINE - 1);
    expect(await watch()).toEqual({ open: 1, expired: 0 });
    await freeBot(fixture);
    expect(await readCommand(fixture, id)).toMatchObject({ state: "taken" });
    await runStarted(fixture, id);
    expect(await proposalOf(fixture)).toMatchObject({ state: "placed" });
    expect(await entriesOf(fixture)).toBe(1);
  });

  it("is too late where it was asked at the deadline, whoever comes first: the watch or the bot", async () => {
    const id = await acceptAt(DEADLINE);
    await Promise.all([watch(), freeBot(fixture)]);
    expect(await readCommand(fixture, id)).toMatchObject({ state: "refused" });
    expect(await proposalOf(fixture)).toMatchObject({
      state: "expired",
      reason: expect.stringContaining("nobody accepted it by") as string,
    });
  });

  it("is refused where the price left the band meanwhile", async () => {
    const id = await acceptAt(DEADLINE - 1);
    shiftMarket(fixture, FIRST_SLOT + LENGTH_MS, 1.02);
    expect(await watch()).toEqual({ open: 0, expired: 1 });
    await freeBot(fixture);
    expect(await readCommand(fixture, id)).toMatchObject({ state: "refused" });
    expect(await proposalOf(fixture)).toMatchObject({ reason: expect.stringContaining("left the band") as string });
  });

  it("is refused where the settings were changed meanwhile", async () => {
    await editSettings(fixture, { risk: { positionMarginMax: 0.2 } });
    const id = await acceptAt(DEADLINE - 1);
    expect(await watch()).toEqual({ open: 0, expired: 1 });
    await freeBot(fixture);
    expect(await readCommand(fixture, id)).toMatchObject({ state: "refused" });
  });
});
