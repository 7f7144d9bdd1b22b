import { auditBot } from "../../src/server/books/audit-bot";
import { beginCycle } from "../../src/server/cycle/begin-cycle";
import { guardBot } from "../../src/server/cycle/guard-positions";
import { lookAtPage } from "../../src/server/looks/look-at-page";
import { FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../src/server/testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../../src/server/testing/cycle-fixture";
import { timed, type Times } from "./measure-age";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";
const GUARDED_MS = 900_000;

const auditRound = async ({ ports, botId }: BooksFixture, slot: number, times: Times): Promise<void> => {
  const bot = { botId, settingsVersion: 1, at: slot };
  const isFirst = slot === FIRST_SLOT;
  const { broken, isWhole } = await timed(times, isFirst ? "whole audit" : "audit", () => auditBot(ports, bot, false));
  if (broken.length > 0 || isWhole !== isFirst) {
    throw new Error(`an audit at ${new Date(slot).toISOString()} found ${JSON.stringify(broken)}, whole: ${isWhole}`);
  }
};

/** A whole run of the slot, whose wish the gate judges; then the guard, a quarter of an hour later, and an audit. */
const runRound = async (fixture: BooksFixture, slot: number, times: Times): Promise<void> => {
  const { ports, botId } = fixture;
  const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}`, botId });
  await timed(times, "whole cycle", async () => {
    for (const { name, run } of stagesOf(fixture, wishToEnter(fixture))) await timed(times, name, () => run(cycle));
  });
  await auditRound(fixture, slot, times);
  fixture.setTime(slot + GUARDED_MS);
  await timed(times, "guard", () => guardBot(ports, { botId, settingsVersion: 1 }));
};

/** A look at the slot, and the run that it may find necessary. */
const lookRound = async (fixture: BooksFixture, slot: number, times: Times): Promise<void> => {
  const { ports, venueId, botId } = fixture;
  fixture.setTime(slot);
  const looked = await timed(times, "look", () => lookAtPage(ports, { venueId, slot, after: FIRST_ID }));
  for (const { cycleId } of looked.planned) {
    const begun = await beginCycle(ports, { botId, cycleId, holder: `look-${slot}` });
    if (begun.outcome !== "begun") throw new Error(`the slot was not begun: ${JSON.stringify(begun)}`);
    for (const { run } of stagesOf(fixture, null)) await run(begun.cycle);
  }
  await auditRound(fixture, slot, times);
};

/** Lives one hour of a bot: a run and a look in turn. */
export const liveRound = (fixture: BooksFixture, round: number, times: Times): Promise<void> =>
  (round % 2 === 0 ? runRound : lookRound)(fixture, FIRST_SLOT + round * HOUR_MS, times);
