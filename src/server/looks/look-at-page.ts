import { phaseDelayMs } from "~/trading/cycle/phase-delay";
import { firstSlotFrom } from "~/trading/cycle/plan-slots";
import { CATCH_UP_MAX } from "../cycle/catch-up";
import type { PlannedCycle } from "../cycle/planned-cycle";
import type { Ports } from "../ports";
import { tradedOf } from "./gather-markets";
import { loadVenue, type OpenVenue } from "./load-venue";
import { lookedAt, type Accounted, type Covered, type Planned } from "./page-outcome";
import { isCovered, isLate, readOrLeave, type Read } from "./read-looks";
import { readPage, type DueBot, type LookedBot, type ReadPage } from "./read-page";
import { writePage } from "./write-page";

/** What one page of a look did. `next`: the id after which the next page begins; null: this was the last. */
export type LookedPage = {
  readonly next: string | null;
  readonly covered: number;
  /** Slots that need a run, to be announced. */
  readonly planned: readonly PlannedCycle[];
  /** Bots that another had locked, that changed or that wait for a candle: they are looked at again. */
  readonly left: number;
};

/** How many slots before this one of the bot's own passed that nobody accounted for. */
const lateBy = ({ nextDue, intervalMs }: DueBot, slot: number): number =>
  (slot - firstSlotFrom(nextDue, intervalMs)) / intervalMs;

type LookPorts = Pick<Ports, "db" | "wallNow" | "newId" | "candles" | "marketDataOf">;
export type LookAt = {
  readonly venueId: string;
  readonly slot: number;
  readonly after: string;
  readonly botsPerPage?: number;
};

type Page = Read & Pick<ReadPage, "unreadable">;
type Sorted = { readonly covered: Covered[]; readonly planned: Planned[]; readonly stale: Planned[] };

/** Whether its books are of a later time than the slot: to mark or to decide by them there would be wrong. */
const isOvertaken = ({ positions, lastDoneSlot, equity }: LookedBot, slot: number): boolean =>
  (lastDoneSlot ?? 0) > slot ||
  (equity?.last.at ?? 0) > slot ||
  positions.some(({ settledThrough }) => settledThrough > slot);

/** Which slots the look covers, which need a run, and which are too late for one. */
const sortLooks = ({ looks, told, unreadable }: Page, at: SortAt): Sorted => {
  const sorted: Sorted = { covered: [], planned: [], stale: [] };
  const leave = (bot: DueBot): void =>
    void (isLate(bot, at) ? sorted.stale : sorted.planned).push({ bot, cycleId: at.newId() });
  for (const each of looks) {
    const { bot, look } = each;
    if (at.isWaiting(bot)) continue;
    if (isOvertaken(bot, at.slot)) sorted.stale.push({ bot, cycleId: at.newId() });
    else if (look.outcome === "quiet" && isCovered(each, told)) sorted.covered.push({ bot, cycleId: at.newId(), look });
    else leave(bot);
  }
  for (const bot of unreadable) leave(bot);
  return sorted;
};

type SlotTime = { readonly slot: number; readonly now: number };
type SortAt = SlotTime & { readonly newId: () => string; readonly isWaiting: (bot: LookedBot) => boolean };

/** So long after a slot, ms of venue time, a candle that the venue did not confirm is waited for. */
const CONFIRMED_WITHIN_MS = 20_000;

type Looked = Omit<LookedPage, "next">;

type DuePage = Pick<ReadPage, "bots" | "unreadable"> & { readonly accounted: readonly Accounted[] };

type SlotPage = { readonly slot: number; readonly isNewest: boolean; readonly page: ReadPage };

/**
 * The bots of a page that the slot is the next one of. One that was left at an earlier slot has that one first: taken
 * here, it would have missed it. One that is too late to catch up has missed all but the newest.
 */
const dueAt = ({ slot, isNewest, page: { bots, unreadable } }: SlotPage): DuePage => {
  const isNext = (bot: DueBot): boolean => lateBy(bot, slot) === 0 || (isNewest && lateBy(bot, slot) > CATCH_UP_MAX);
  const isFree = (bot: DueBot): boolean => isNext(bot) && !bot.hasRow;
  const accounted = [...bots, ...unreadable].filter((bot) => isNext(bot) && bot.hasRow).map((bot) => ({ bot }));
  return { bots: bots.filter(isFree), unreadable: unreadable.filter(isFree), accounted };
};

const lookAtSlot = async (ports: LookPorts, venue: OpenVenue, slotPage: SlotPage): Promise<Looked> => {
  const { slot, page } = slotPage;
  const startedAt = performance.now();
  const { newId, wallNow } = ports;
  const { bots, unreadable, accounted } = dueAt(slotPage);
  const read = { ...(await readOrLeave(ports, venue, { slot, bots })), unreadable };
  const durationMs = Math.round(performance.now() - startedAt);
  const pairsOf = ({ settings }: LookedBot) => ({
    pairs: tradedOf(venue, settings).length,
    withoutPrice: read.withoutPrice.filter((pair) => settings.pairs.includes(pair)),
  });
  const isConfirmed = venue.isSimulated || venue.now >= slot + CONFIRMED_WITHIN_MS;
  const isWaiting = (bot: LookedBot): boolean => !isConfirmed && !read.isWhole(bot);
  const sorted = sortLooks(read, { slot, now: venue.now, newId, isWaiting });
  const written = await writePage(ports.db, {
    slot,
    durationMs,
    pairsOf,
    analysisOf: read.analysisOf,
    ...sorted,
    accounted,
    newId,
  });
  // Where a whole page is left to runs, a real venue is not asked by all of them at once.
  const isSpread = read.isLeft && !venue.isSimulated;
  const planned = written.planned.map(({ bot: { botId, intervalMs }, cycleId }) => ({
    botId,
    cycleId,
    slot: new Date(slot).toISOString(),
    wallAt: isSpread ? slot + phaseDelayMs(botId, intervalMs) : wallNow(),
  }));
  const left = page.bots.length + page.unreadable.length - lookedAt(written).length;
  return { covered: written.covered.length, planned, left };
};

/** The slots before this one that bots of the page were not looked at yet, ascending. */
const findLateSlots = (bots: readonly DueBot[], slot: number): number[] => {
  const late = bots.flatMap((bot) => {
    const count = lateBy(bot, slot);
    return count > CATCH_UP_MAX
      ? []
      : Array.from({ length: count }, (_, index) => slot - (count - index) * bot.intervalMs);
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
  const page = venue.now < slot ? null : await readPage(ports.db, look);
  if (page === null || page.through === null) return { next: null, covered: 0, planned: [], left: 0 };
  const through = page.through;
  const lateSlots = findLateSlots([...page.bots, ...page.unreadable], slot);
  let covered = 0;
  // A late slot of one bot may be the newest of another, whose interval is longer.
  const planned: PlannedCycle[] = [];
  for (const late of lateSlots) {
    const latePage = await readPage(ports.db, { ...look, slot: late, through });
    const lookedLate = await lookAtSlot(ports, venue, { slot: late, isNewest: false, page: latePage });
    covered += lookedLate.covered;
    planned.push(...lookedLate.planned);
  }
  const now = lateSlots.length === 0 ? page : await readPage(ports.db, { ...look, through });
  const looked = await lookAtSlot(ports, venue, { slot, isNewest: true, page: now });
  return {
    next: page.isLast ? null : through,
    covered: covered + looked.covered,
    planned: [...planned, ...looked.planned],
    left: looked.left,
  };
};
