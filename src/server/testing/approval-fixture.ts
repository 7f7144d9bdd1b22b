import { beginCycle } from "../cycle/begin-cycle";
import type { Ports } from "../ports";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "./books-fixture";
import { stagesOf, wishToEnter } from "./cycle-fixture";
import { tellBot } from "./tell-bot";
import { runSlot, TOLD_AT } from "./told-fixture";

export const MINUTE_MS = 60_000;

/** A bot in a market that hardly moves, whose entries wait for its trader for ten minutes, within 1 % of the price. */
export const createAskingBot = (runtime: Ports): Promise<BooksFixture> =>
  createBooksFixture(runtime, { volatility: 0.0001, settings: { approval: { minutes: 10, bandFraction: 0.01 } } });

/** The same, with an entry proposed at the first slot; it is two minutes later, between two candles. */
export const proposeAtFirst = async (runtime: Ports): Promise<BooksFixture> => {
  const fixture = await createAskingBot(runtime);
  await runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));
  fixture.setTime(TOLD_AT);
  return fixture;
};

export const proposalOf = ({ ports, botId }: BooksFixture) =>
  ports.db.proposal.findFirstOrThrow({ where: { botId }, orderBy: [{ createdAt: "desc" }, { id: "desc" }] });

export const accept = async (fixture: BooksFixture, commandId?: string) =>
  tellBot(fixture, { kind: "accept-proposal", proposalId: (await proposalOf(fixture)).id }, commandId);

export const decline = async (fixture: BooksFixture, commandId?: string) =>
  tellBot(fixture, { kind: "decline-proposal", proposalId: (await proposalOf(fixture)).id }, commandId);

/** Begins the run that a command started, at its time. */
export const beginStarted = async (fixture: BooksFixture, commandId: string, holder = "started") => {
  const { ports, botId } = fixture;
  const { id: cycleId, slot } = await ports.db.cycle.findFirstOrThrow({ where: { commandId } });
  fixture.setTime(slot.getTime());
  return beginCycle(ports, { botId, cycleId, holder });
};

/** Runs what a command started, through so many stages of the bot's own mode. */
export const runStarted = async (fixture: BooksFixture, commandId: string, through = 6): Promise<void> => {
  const begun = await beginStarted(fixture, commandId);
  if (begun.outcome !== "begun") return;
  for (const stage of stagesOf(fixture, null).slice(0, through)) await stage.run(begun.cycle);
};

export const entriesOf = ({ ports, botId }: BooksFixture): Promise<number> =>
  ports.db.orderIntent.count({ where: { botId, purpose: "entry" } });
