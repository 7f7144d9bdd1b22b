import type { Command } from "~/trading/steering/command";
import { isFinal, type CycleRef } from "../../cycle/cycle-ref";
import { beginCycle } from "../../cycle/begin-cycle";
import { lookAtPage } from "../../looks/look-at-page";
import { AppError } from "../../errors";
import type { Ports } from "../../ports";
import { takeCommands } from "../take-commands";
import type { Edit, Run, Step, Tell } from "./command-sequences";
import { FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { beginSlot, expireLease, stagesOf, wishToEnter } from "../../testing/cycle-fixture";
import { editSettings } from "../../testing/edit-fixture";
import { guardOnly } from "../../testing/guard-only";
import { shiftMarket } from "../../testing/shift-market";
import { tellBot } from "../../testing/tell-bot";
import { createQuietBot, FIRST_ID } from "../../testing/told-fixture";

type Held = {
  readonly fixture: BooksFixture;
  readonly cycle: CycleRef;
  readonly from: number;
  readonly wish: Run["wish"];
};

/** Two bots of one user that live through a sequence, and what has to be known of it to judge them. */
export type ToldBots = {
  readonly fixture: BooksFixture;
  readonly botIds: readonly [string, string];
  readonly held: Map<string, Held>;
  now: number;
  lastCommandId: string | null;
};

export const createToldBots = async (runtime: Ports): Promise<ToldBots> => {
  const fixture = await createQuietBot(runtime);
  const other = await fixture.addBot({ approval: { minutes: 60, bandFraction: 0.02 } });
  return { fixture, botIds: [fixture.botId, other], held: new Map(), now: FIRST_SLOT, lastCommandId: null };
};

const botAt = (bots: ToldBots, index: number): BooksFixture => ({
  ...bots.fixture,
  botId: bots.botIds[index] ?? bots.botIds[0],
});

const positionIdOf = async ({ fixture, botIds }: ToldBots, { bot, of }: Tell): Promise<string> => {
  if (of === "none") return fixture.ports.newId();
  const botId = botIds[of === "own" ? bot : 1 - bot] ?? botIds[0];
  const position = await fixture.ports.db.position.findFirst({ where: { botId }, orderBy: { createdAt: "desc" } });
  return position?.id ?? fixture.ports.newId();
};

/** Half of the bots of a sequence ask their trader. */
const proposalIdOf = async ({ fixture, botIds }: ToldBots, { bot, of }: Tell): Promise<string> => {
  const botId = botIds[of === "own" ? bot : 1 - bot] ?? botIds[0];
  const proposal = await fixture.ports.db.proposal.findFirst({ where: { botId }, orderBy: { createdAt: "desc" } });
  return of === "none" || !proposal ? fixture.ports.newId() : proposal.id;
};

const atHours = (time: number, hours: number): string => new Date(time + hours * HOUR_MS).toISOString();

const commandOf = async (bots: ToldBots, step: Tell): Promise<Command> => {
  const { kind, away, isLooser } = step;
  if (kind === "close-position") return { kind, positionId: await positionIdOf(bots, step) };
  if (kind === "lock-pair") {
    return { kind, pair: isLooser ? null : "BTC/USDT", until: atHours(bots.now, 0.5), reason: null };
  }
  if (kind === "unlock-pair") return { kind, pair: isLooser ? null : "BTC/USDT" };
  if (kind === "apply-exits") {
    // Of one position, or of all that the bot holds.
    return step.of === "none" ? { kind, isLooser } : { kind, isLooser, positionId: await positionIdOf(bots, step) };
  }
  if (kind === "accept-proposal" || kind === "decline-proposal") {
    return { kind, proposalId: await proposalIdOf(bots, step) };
  }
  if (kind !== "move-stop") return { kind };
  const positionId = await positionIdOf(bots, step);
  const position = await bots.fixture.ports.db.position.findUnique({ where: { id: positionId } });
  const level = position ? position.mark.mul(1 + away).toFixed(4) : "1";
  return { kind, positionId, level, isLooser };
};

const tell = async (bots: ToldBots, step: Tell): Promise<void> => {
  const command = await commandOf(bots, step);
  const id = step.isAgain && bots.lastCommandId !== null ? bots.lastCommandId : bots.fixture.ports.newId();
  const row = await tellBot(botAt(bots, step.bot), command, id).catch(() => null);
  if (row) bots.lastCommandId = row.id;
};

/** A cycle in hand goes on by what it began with; a bot that is archived keeps its settings. */
const edit = async (bots: ToldBots, { bot, stop, target, intervalSeconds }: Edit): Promise<void> => {
  const decision = { stopLossFraction: stop, takeProfitFraction: target };
  await editSettings(botAt(bots, bot), { decision, intervalSeconds }).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
};

/** Runs the stages of a cycle in hand; one that lost its bot ends. */
const runStages = async ({ held }: ToldBots, { fixture, cycle, from, wish }: Held, through: number) => {
  const entered = wishToEnter(fixture);
  const stages = stagesOf(fixture, (slot) => (wish === "enter" ? entered(slot) : []));
  for (const stage of stages.slice(from, through)) {
    try {
      await stage.run(cycle);
    } catch (error) {
      if (!isFinal(error)) throw error;
      held.delete(fixture.botId);
      return;
    }
  }
  if (through >= stages.length) held.delete(fixture.botId);
  else held.set(fixture.botId, { fixture, cycle, from: through, wish });
};

const ALL_STAGES = 6;

const slotOf = (now: number): number => Math.floor(now / HOUR_MS) * HOUR_MS;

const run = async (bots: ToldBots, step: Run): Promise<void> => {
  const fixture = botAt(bots, step.bot);
  const { botId } = fixture;
  const before = bots.held.get(botId);
  if (before) return runStages(bots, before, ALL_STAGES);
  const slot = slotOf(bots.now);
  const begun = await beginSlot(fixture, slot, { holder: `run-${bots.now}-${step.bot}`, botId }).catch(() => null);
  bots.fixture.setTime(bots.now);
  if (begun?.outcome !== "begun") return;
  const through = step.ends === "whole" ? ALL_STAGES : step.stages;
  await runStages(bots, { fixture, cycle: begun.cycle, from: 0, wish: step.wish }, through);
  if (step.ends === "killed") {
    await expireLease(fixture, botId);
    // What the dead process had in hand is tried once more, as a paused process would.
    const dead = bots.held.get(botId);
    bots.held.delete(botId);
    if (dead && step.stages % 2 === 0) {
      await tellBot(fixture, { kind: "stop" }).catch(() => null);
      await runStages(bots, dead, ALL_STAGES);
      bots.held.delete(botId);
    }
  }
};

const lookAtAll = ({ fixture, now }: ToldBots) =>
  lookAtPage(fixture.ports, { venueId: fixture.venueId, slot: slotOf(now), after: FIRST_ID });

const guardAll = async ({ fixture, botIds }: ToldBots): Promise<void> => {
  for (const botId of botIds) await guardOnly(fixture.ports, botId);
};

const passTime = (bots: ToldBots, minutes: number): void => {
  bots.now += minutes * 60_000;
  bots.fixture.setTime(bots.now);
};

/** Does one step of a sequence. */
export const live = async (bots: ToldBots, step: Step): Promise<void> => {
  switch (step.op) {
    case "tell":
      return tell(bots, step);
    case "edit":
      return edit(bots, step);
    case "run":
      return run(bots, step);
    case "pass":
      return passTime(bots, step.minutes);
    case "look":
      await lookAtAll(bots);
      return undefined;
    case "guard":
      return guardAll(bots);
    case "announce":
      return announceDue(bots);
    case "take":
      await takeCommands(bots.fixture.ports, bots.botIds[step.bot] ?? "");
      return undefined;
    case "fall":
      return shiftMarket(bots.fixture, Math.ceil(bots.now / 300_000) * 300_000 + 300_000, step.factor);
  }
};

/** Announces what is due, as the tick does: a slot of a bot that is stopped ends so. */
const announceDue = async ({ fixture, botIds }: ToldBots): Promise<void> => {
  const where = { botId: { in: [...botIds] }, status: "due" as const };
  for (const { id, botId } of await fixture.ports.db.cycle.findMany({ where, orderBy: { slot: "asc" } })) {
    const begun = await beginCycle(fixture.ports, { botId, cycleId: id, holder: `announced-${id}` });
    if (begun.outcome !== "begun") continue;
    for (const stage of stagesOf(fixture, () => [])) await stage.run(begun.cycle);
  }
};

/** Lets everything come to its end: cycles in hand are finished, the next slot is run, and what was told is settled. */
export const bringToEnd = async (bots: ToldBots): Promise<void> => {
  for (const index of [0, 1]) {
    const fixture = botAt(bots, index);
    const before = bots.held.get(fixture.botId);
    if (before) await runStages(bots, before, ALL_STAGES);
    await expireLease(fixture, fixture.botId);
    await takeCommands(fixture.ports, fixture.botId);
  }
  passTime(bots, 120);
  for (const index of [0, 1]) {
    await run(bots, { op: "run", bot: index, wish: "hold", stages: ALL_STAGES, ends: "whole" });
    await takeCommands(bots.fixture.ports, bots.botIds[index] ?? "");
  }
  await announceDue(bots);
  await guardAll(bots);
};
