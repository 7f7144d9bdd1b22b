import { loadOpenPositions } from "../books/positions";
import { checkBotInvariants } from "../books/check-bot-invariants";
import type { Ports } from "../ports";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "./books-fixture";
import { claimSlot, stagesOf, wishToEnter, type Wish } from "./cycle-fixture";

export const FIRST_ID = "00000000-0000-0000-0000-000000000000";
export const LENGTH_MS = 300_000;
export const SECOND = FIRST_SLOT + HOUR_MS;
/** Between two candles. */
export const TOLD_AT = FIRST_SLOT + 7 * 60_000;
export const NEXT_OPEN = FIRST_SLOT + 2 * LENGTH_MS;

export const runSlot = async (fixture: BooksFixture, slot: number, wish: Wish): Promise<void> => {
  const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
  for (const stage of stagesOf(fixture, wish)) await stage.run(cycle);
};

/** A bot in a market that hardly moves. */
export const createQuietBot = (runtime: Ports): Promise<BooksFixture> =>
  createBooksFixture(runtime, { volatility: 0.0001 });

/** The same, entered at the first slot. */
export const enterAtFirst = async (runtime: Ports): Promise<BooksFixture> => {
  const fixture = await createQuietBot(runtime);
  await runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));
  fixture.setTime(TOLD_AT);
  return fixture;
};

export const positionOf = async ({ ports, botId }: BooksFixture) => {
  const [position] = await loadOpenPositions(ports.db, botId);
  if (!position) throw new Error("it holds nothing");
  return position;
};
export const tradesOf = ({ ports, botId }: BooksFixture) => ports.db.trade.findMany({ where: { botId } });
export const statusOf = async ({ ports, botId }: BooksFixture) =>
  (await ports.db.bot.findUniqueOrThrow({ where: { id: botId } })).status;
export const verdictsOf = async ({ ports, botId }: BooksFixture) =>
  (await ports.db.verdict.findMany({ where: { botId }, orderBy: { slot: "asc" } })).map(
    ({ outcome, rule }) => `${outcome}${rule === null ? "" : ` by ${rule}`}`,
  );
/** What its invariants have against its books at a time, ms; nothing where they are sound. */
export const breachesAt = ({ ports, botId }: BooksFixture, at: number) =>
  checkBotInvariants(ports, { botId, settingsVersion: 1, at });
