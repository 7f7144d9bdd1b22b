import { isTimeframe } from "~/trading/market/timeframe";
import { invariant } from "~/trading/invariant";
import { lookAtBot, type BotLook } from "~/trading/cycle/look-at-bot";
import { inTransaction } from "../db/in-transaction";
import { recordSnapshots } from "../market/record-snapshots";
import type { Ports } from "../ports";
import { endOutage } from "../venues/end-outage";
import { findOutage } from "../venues/find-outage";
import { noteAnswers } from "../venues/note-answers";
import { drawdownKey } from "../cycle/record-equity";
import { logHiddenFailure } from "../cycle/describe-failure";
import { phaseDelayMs } from "~/trading/cycle/phase-delay";
import { shownTimeAt } from "../venues/venue-time";
import { toMarketTerms } from "../bot-context";
import type { PlannedCycle } from "../cycle/planned-cycle";
import { gatherMarkets, isAnyDecisionDue, tradedOf, type GatheredMarkets, type LookVenue } from "./gather-markets";
import { lockUnchanged } from "./lock-page";
import { readPage, type DueBot, type LookedBot, type PageOf } from "./read-page";
import { writePage, type Covered, type Planned } from "./write-page";

/** What one page of a look did. `next`: the id after which the next page begins; null: this was the last. */
export type LookedPage = {
  readonly next: string | null;
  readonly covered: number;
  /** Slots that need a run, to be announced. */
  readonly planned: readonly PlannedCycle[];
  /** Bots that another had locked, or that changed: they are looked at again. */
  readonly left: number;
};

type LookPorts = Pick<Ports, "db" | "wallNow" | "newId" | "candles" | "marketDataOf">;
export type LookAt = { readonly venueId: string; readonly slot: number; readonly after: string };

type OpenVenue = LookVenue & {
  readonly now: number;
  readonly outage: string | null;
  /** It has a clock of its own, and answers on this machine. */
  readonly isSimulated: boolean;
};

const loadVenue = async ({ db, wallNow }: LookPorts, venueId: string): Promise<OpenVenue> => {
  const [venue, outage] = await Promise.all([
    db.venue.findUniqueOrThrow({
      where: { id: venueId },
      include: { clock: true, markets: { orderBy: { id: "asc" } } },
    }),
    findOutage(db, venueId, wallNow()),
  ]);
  const { id, kind, finestTimeframe, clock, markets } = venue;
  invariant(isTimeframe(finestTimeframe), `venue ${id} has the timeframe ${finestTimeframe}`);
  const listed = markets.map((market) => ({ id: market.id, rules: toMarketTerms(market, kind) }));
  return {
    venue: { id, kind },
    finestTimeframe,
    markets: listed,
    now: shownTimeAt(clock, wallNow()),
    outage,
    isSimulated: clock !== null,
  };
};

/** What the look alone cannot do: a run has the bot, or has to look after something. */
const needsRun = ({ isHeld, isPaper, hasStandingOrder, hasOpenCycle }: LookedBot): boolean =>
  isHeld || !isPaper || hasStandingOrder || hasOpenCycle;

const lookAt = (bot: LookedBot, { venue, gathered, slot }: Gathered): BotLook => {
  const { settings, positions } = bot;
  const traded = tradedOf(venue, settings);
  const isHeldElsewhere = (id: number): boolean =>
    positions.some(({ marketId }) => marketId === id) && traded.every((market) => market.id !== id);
  const markets = {
    finestTimeframe: venue.finestTimeframe,
    traded: traded.map(gathered.marketOf),
    held: venue.markets.filter(({ id }) => isHeldElsewhere(id)).map(gathered.marketOf),
    ask: gathered.ask,
  };
  return lookAtBot(bot, { time: slot, settings }, markets);
};

type Gathered = { readonly venue: OpenVenue; readonly gathered: GatheredMarkets; readonly slot: number };
type Look = { readonly bot: LookedBot; readonly look: BotLook };

/** Alerts that were told before: told once, they need no run again. */
const findTold = async ({ db }: LookPorts, looks: readonly Look[]): Promise<ReadonlySet<string>> => {
  const keys = looks.flatMap(({ bot, look }) => alertKey(bot, look) ?? []);
  if (keys.length === 0) return new Set();
  const userId = { in: [...new Set(looks.map(({ bot }) => bot.userId))] };
  const rows = await db.alert.findMany({ where: { userId, key: { in: keys } }, select: { key: true } });
  return new Set(rows.map(({ key }) => key));
};

const alertKey = ({ botId }: LookedBot, look: BotLook): string | null =>
  look.outcome === "quiet" && look.alert ? drawdownKey(botId, look.alert) : null;

const isCovered = ({ bot, look }: Look, told: ReadonlySet<string>): boolean => {
  const key = alertKey(bot, look);
  return !needsRun(bot) && look.outcome === "quiet" && (key === null || told.has(key));
};

/** Everything that a page of bots asks of the slot, read outside of any transaction, and what it means for each. */
const readLooks = async (
  ports: LookPorts,
  venue: OpenVenue,
  { slot, bots }: { slot: number; bots: readonly LookedBot[] },
) => {
  const asked = bots.filter((bot) => !needsRun(bot));
  const deciding = asked.filter((bot) => isAnyDecisionDue(bot, slot));
  const markets = [...new Set(deciding.flatMap((bot) => tradedOf(venue, bot.settings)))];
  const noted = noteAnswers(ports);
  const [gathered, withoutPrice] = await Promise.all([
    gatherMarkets(noted.ports, venue, { bots: asked, slot }),
    // What the venue shows now is not what it showed at a slot long past.
    recordSnapshots(noted.ports, venue, {
      slot,
      markets: bots.some((bot) => isLate(bot, { now: venue.now, slot })) ? [] : markets,
    }),
  ]);
  const looks = bots.map((bot): Look => ({
    bot,
    look: needsRun(bot) ? { outcome: "run", reason: "decision" } : lookAt(bot, { venue, gathered, slot }),
  }));
  const told = await findTold(ports, looks);
  if (noted.hasAnswered()) await endOutage(ports, venue.venue.id);
  return { looks, told, withoutPrice, analysisOf: gathered.analysisOf, isWhole: gathered.isWhole };
};

type Read = Awaited<ReturnType<typeof readLooks>> & { readonly isLeft: boolean };
type Page = Read & { readonly unreadable: readonly DueBot[] };

const leaveToRuns = (bots: readonly LookedBot[]): Read => ({
  isLeft: true,
  isWhole: () => true,
  looks: bots.map((bot) => ({ bot, look: { outcome: "run", reason: "decision" } })),
  told: new Set(),
  withoutPrice: [],
  analysisOf: (marketId) => {
    throw new Error(`market ${marketId} was not read`);
  },
});

/**
 * A venue that does not answer is not asked, and what one market's failure spoils is left to each bot's own run: only
 * those that need that market fail, wait and tell.
 */
const readOrLeave = async (
  ports: LookPorts,
  venue: OpenVenue,
  page: { readonly slot: number; readonly bots: readonly LookedBot[] },
): Promise<Read> => {
  if (venue.outage !== null) return leaveToRuns(page.bots);
  try {
    return { ...(await readLooks(ports, venue, page)), isLeft: false };
  } catch (error) {
    logHiddenFailure("look", error);
    return leaveToRuns(page.bots);
  }
};

type Sorted = { readonly covered: Covered[]; readonly planned: Planned[]; readonly stale: Planned[] };

/** Whether the bot's next slot has come: the time to run this one has passed. */
const isLate = ({ intervalMs }: DueBot, { now, slot }: { readonly now: number; readonly slot: number }): boolean =>
  now >= slot + intervalMs;

/** Which slots the look covers, which need a run, and which are too late for one. What another has locked is none. */
const sortLooks = ({ looks, told, unreadable }: Page, locked: ReadonlySet<string>, at: SortAt): Sorted => {
  const sorted: Sorted = { covered: [], planned: [], stale: [] };
  const leave = (bot: DueBot): void =>
    void (isLate(bot, at) ? sorted.stale : sorted.planned).push({ bot, cycleId: at.newId() });
  for (const each of looks) {
    const { bot, look } = each;
    if (!locked.has(bot.botId) || at.isWaiting(bot)) continue;
    if (look.outcome === "quiet" && isCovered(each, told)) sorted.covered.push({ bot, cycleId: at.newId(), look });
    else leave(bot);
  }
  for (const bot of unreadable.filter(({ botId }) => locked.has(botId))) leave(bot);
  return sorted;
};

type SlotTime = { readonly slot: number; readonly now: number };
type SortAt = SlotTime & { readonly newId: () => string; readonly isWaiting: (bot: LookedBot) => boolean };

/** So long after a slot, ms of venue time, a candle that the venue did not confirm is waited for. */
const CONFIRMED_WITHIN_MS = 20_000;

const lookAtSlot = async (ports: LookPorts, venue: OpenVenue, page: PageOf): Promise<Omit<LookedPage, "next">> => {
  const startedAt = performance.now();
  const { db, newId, wallNow } = ports;
  const { slot } = page;
  const { bots, unreadable } = await readPage(db, page);
  const read = { ...(await readOrLeave(ports, venue, { slot, bots })), unreadable };
  const all = [...bots, ...unreadable];
  const durationMs = Math.round(performance.now() - startedAt);
  const pairsOf = ({ settings }: LookedBot) => ({
    pairs: tradedOf(venue, settings).length,
    withoutPrice: read.withoutPrice.filter((pair) => settings.pairs.includes(pair)),
  });
  return inTransaction(db, async (tx) => {
    const isConfirmed = venue.isSimulated || venue.now >= slot + CONFIRMED_WITHIN_MS;
    const isWaiting = (bot: LookedBot): boolean => !isConfirmed && !read.isWhole(bot);
    const sorted = sortLooks(read, await lockUnchanged(tx, all), { slot, now: venue.now, newId, isWaiting });
    const { covered, planned, stale } = sorted;
    await writePage(tx, { slot, durationMs, pairsOf, analysisOf: read.analysisOf, ...sorted, newId });
    // Where a whole page is left to runs, a real venue is not asked by all of them at once.
    const isSpread = read.isLeft && !venue.isSimulated;
    const runs = planned.map(({ bot: { botId, intervalMs }, cycleId }) => ({
      botId,
      cycleId,
      slot: new Date(slot).toISOString(),
      wallAt: isSpread ? slot + phaseDelayMs(botId, intervalMs) : wallNow(),
    }));
    return { covered: covered.length, planned: runs, left: all.length - covered.length - runs.length - stale.length };
  });
};

/** So many slots of a bot are caught up; after a longer stop they are missed, all of them in one row. */
const CATCH_UP_MAX = 24;

/** The slots before this one that bots of the page were not looked at yet, ascending. */
const findLateSlots = (bots: readonly DueBot[], slot: number): number[] => {
  const late = bots.flatMap(({ nextDue, intervalMs }) => {
    const count = (slot - nextDue) / intervalMs;
    return count > CATCH_UP_MAX ? [] : Array.from({ length: count }, (_, index) => nextDue + index * intervalMs);
  });
  return [...new Set(late)].toSorted((one, other) => one - other);
};

/**
 * Looks at a page of a venue's bots at a slot: settles, decides and marks those for which it brings nothing to do, in
 * few statements for all of them, and plans a run for each other. Slots that passed meanwhile are looked at first, in
 * order: their marks come late, and what would have needed a run is stale. Repeating it does nothing twice: a bot is
 * looked at only while the slot is its next one.
 */
export const lookAtPage = async (ports: LookPorts, look: LookAt): Promise<LookedPage> => {
  const { slot } = look;
  const venue = await loadVenue(ports, look.venueId);
  const read = venue.now < slot ? null : await readPage(ports.db, look);
  const page = read ? [...read.bots, ...read.unreadable] : [];
  const through = page
    .map(({ botId }) => botId)
    .toSorted()
    .at(-1);
  if (through === undefined) return { next: null, covered: 0, planned: [], left: 0 };
  let covered = 0;
  for (const late of findLateSlots(page, slot)) {
    covered += (await lookAtSlot(ports, venue, { ...look, slot: late, through })).covered;
  }
  const looked = await lookAtSlot(ports, venue, { ...look, through });
  return { ...looked, next: through, covered: covered + looked.covered };
};
