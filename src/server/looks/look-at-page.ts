import { phaseDelayMs } from "~/trading/cycle/phase-delay";
import type { PlannedCycle } from "../cycle/planned-cycle";
import type { Ports } from "../ports";
import { tradedOf } from "./gather-markets";
import { loadVenue, type OpenVenue } from "./load-venue";
import { lookedAt, type Covered, type Planned } from "./page-outcome";
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

type LookPorts = Pick<Ports, "db" | "wallNow" | "newId" | "candles" | "marketDataOf">;
export type LookAt = {
  readonly venueId: string;
  readonly slot: number;
  readonly after: string;
  readonly botsPerPage?: number;
};

type Page = Read & { readonly unreadable: readonly DueBot[] };
type Sorted = { readonly covered: Covered[]; readonly planned: Planned[]; readonly stale: Planned[] };

/** Which slots the look covers, which need a run, and which are too late for one. */
const sortLooks = ({ looks, told, unreadable }: Page, at: SortAt): Sorted => {
  const sorted: Sorted = { covered: [], planned: [], stale: [] };
  const leave = (bot: DueBot): void =>
    void (isLate(bot, at) ? sorted.stale : sorted.planned).push({ bot, cycleId: at.newId() });
  for (const each of looks) {
    const { bot, look } = each;
    if (at.isWaiting(bot)) continue;
    if (look.outcome === "quiet" && isCovered(each, told)) sorted.covered.push({ bot, cycleId: at.newId(), look });
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

const lookAtSlot = async (
  ports: LookPorts,
  venue: OpenVenue,
  { slot, page: { bots, unreadable } }: { readonly slot: number; readonly page: ReadPage },
): Promise<Looked> => {
  const startedAt = performance.now();
  const { newId, wallNow } = ports;
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
  const left = bots.length + unreadable.length - lookedAt(written).length;
  return { covered: written.covered.length, planned, left };
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
  const page = venue.now < slot ? null : await readPage(ports.db, look);
  if (page === null || page.through === null) return { next: null, covered: 0, planned: [], left: 0 };
  const through = page.through;
  const lateSlots = findLateSlots([...page.bots, ...page.unreadable], slot);
  let covered = 0;
  for (const late of lateSlots) {
    const latePage = await readPage(ports.db, { ...look, slot: late, through });
    covered += (await lookAtSlot(ports, venue, { slot: late, page: latePage })).covered;
  }
  const now = lateSlots.length === 0 ? page : await readPage(ports.db, { ...look, through });
  const looked = await lookAtSlot(ports, venue, { slot, page: now });
  return { ...looked, next: page.isLast ? null : through, covered: covered + looked.covered };
};
