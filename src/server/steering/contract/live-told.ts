import { isFinal } from "../../cycle/cycle-ref";
import { beginCycle } from "../../cycle/begin-cycle";
import { lookAtPage } from "../../looks/look-at-page";
import { AppError } from "../../errors";
import { stopEverything } from "../stop-everything";
import { takeCommands } from "../take-commands";
import { HOUR_MS } from "../../testing/books-fixture";
import { beginSlot, expireLease, stagesOf, wishToEnter } from "../../testing/cycle-fixture";
import { editSettings } from "../../testing/edit-fixture";
import { guardOnly } from "../../testing/guard-only";
import { nobodyListens } from "../../testing/nobody-listens";
import { shiftMarket } from "../../testing/shift-market";
import { tellBot } from "../../testing/tell-bot";
import { FIRST_ID } from "../../testing/told-fixture";
import {
  BOTS_PER_SEQUENCE,
  type Deed,
  type Edit,
  type Run,
  type Script,
  type Step,
  type Weather,
} from "./command-sequences";
import { moveAllotment } from "./move-allotment";
import { tell } from "./tell-told";
import { botAt, idAt, type Held, type ToldBots } from "./told-bots";

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

const happen = async (bots: ToldBots, weather: Weather): Promise<void> => {
  switch (weather.op) {
    case "pass":
      return passTime(bots, weather.minutes);
    case "look":
      await lookAtAll(bots);
      return undefined;
    case "guard":
      return guardAll(bots);
    case "announce":
      return announceDue(bots);
    case "fall":
      return shiftMarket(bots.fixture, Math.ceil(bots.now / 300_000) * 300_000 + 300_000, weather.factor);
    case "rest":
      return undefined;
  }
};

const act = async (bots: ToldBots, deed: Deed): Promise<void> => {
  switch (deed.op) {
    case "tell":
      return tell(bots, deed);
    case "edit":
      return edit(bots, deed);
    case "flow":
      return moveAllotment(bots, deed);
    case "run":
      return run(bots, deed);
    case "take":
      await takeCommands(bots.fixture.ports, idAt(bots, deed.bot));
      return undefined;
    case "rest":
      return undefined;
  }
};

/** Lives through a script; `check` is called after whatever happened. */
export const live = async (
  bots: ToldBots,
  { sequences, weather }: Script,
  check: (step: Step) => Promise<void>,
): Promise<void> => {
  const rounds = Math.max(weather.length, ...sequences.map(({ length }) => length));
  for (let round = 0; round < rounds; round++) {
    for (const [index, sequence] of sequences.entries()) {
      const deed = sequence[round];
      if (deed === undefined || deed.op === "rest") continue;
      const placed = { ...deed, bot: index * BOTS_PER_SEQUENCE + deed.bot };
      await act(bots, placed);
      await check(placed);
    }
    const then = weather[round];
    if (then === undefined) continue;
    await happen(bots, then);
    await check(then);
  }
};

/** The user stops everything and closes, by one button. */
export const panic = async ({ fixture }: ToldBots): Promise<void> => {
  const { ports, userId } = fixture;
  await stopEverything({ ...ports, events: nobodyListens }, { userId, commandId: ports.newId() });
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
  for (const index of bots.botIds.keys()) {
    const fixture = botAt(bots, index);
    const before = bots.held.get(fixture.botId);
    if (before) await runStages(bots, before, ALL_STAGES);
    await expireLease(fixture, fixture.botId);
    await takeCommands(fixture.ports, fixture.botId);
  }
  passTime(bots, 120);
  for (const index of bots.botIds.keys()) {
    await run(bots, { op: "run", bot: index, wish: "hold", stages: ALL_STAGES, ends: "whole" });
    await takeCommands(bots.fixture.ports, idAt(bots, index));
  }
  await announceDue(bots);
  await guardAll(bots);
};
