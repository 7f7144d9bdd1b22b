import { findLostCycles, LOST_MAX } from "~/server/cycle/find-lost-cycles";
import type { RetimedCycle } from "~/server/cycle/find-retimed-cycles";
import { planLooks, type PlannedLook } from "~/server/looks/plan-looks";
import type { PlannedCycle } from "~/server/cycle/planned-cycle";
import type { Ports } from "~/server/runtime";
import type { InngestClient } from "./client";
import { cycleDue, cycleEventId, slotDue } from "./events";
import { sendEvents } from "./send-events";

/** How often the embedded runner looks for lost hints; an Inngest server's crons come once a minute. */
export const LOOK_FOR_LOST_EVERY_MS = 5000;

/** A slot is announced again at most once per minute: many hints would make a cycle that is only late even later. */
const AGAIN_EVERY_MS = 60_000;

export const toCycleEvent = ({ botId, cycleId, slot, wallAt }: PlannedCycle) => ({
  ...cycleDue.create({ botId, cycleId, slot }),
  id: cycleEventId(botId, slot),
  ts: wallAt,
});

/** The id names the clock setting, so that each setting announces a slot once, whichever caller finds it. */
export const toRetimedEvent = (cycle: RetimedCycle) => ({
  ...toCycleEvent(cycle),
  id: `${cycleEventId(cycle.botId, cycle.slot)}:clock:${cycle.anchorWall}`,
});

/** Keyed by the clock that it follows, as a retimed slot is; a look that is lost is sent again under another id. */
export const toSlotEvent = ({ venueId, slot, wallAt, clock, again }: PlannedLook) => {
  const at = new Date(slot).toISOString();
  const suffix = again === null ? "" : `:again:${again}`;
  return {
    ...slotDue.create({ venueId, slot: at }),
    id: `look:${venueId}:${at}:${clock ?? "wall"}${suffix}`,
    ts: wallAt,
  };
};

/** A lost hint is sent under another id: the first one may still be remembered. */
export const toRepeatedEvent = (cycle: PlannedCycle) => ({
  ...toCycleEvent(cycle),
  id: `${cycleEventId(cycle.botId, cycle.slot)}:again:${Math.floor(cycle.wallAt / AGAIN_EVERY_MS)}`,
});

/** Cycles whose hint waits in a queue within reach: late, but not lost. */
export type FindWaiting = () => Promise<ReadonlySet<string>>;
/** An Inngest server does not tell: there a repeat a minute is all that is sent. */
export const noneWaiting: FindWaiting = () => Promise.resolve(new Set());

export type LostPage = { readonly lost: readonly PlannedCycle[]; readonly next: PlannedCycle | null };

/**
 * A page of due cycles that have not begun and are not in the queue, which is read once, as it is at most as long as
 * what is late. `next`: where the following page begins; null: this was the last.
 */
export const findLostPage = async (
  ports: Pick<Ports, "db" | "wallNow">,
  findWaiting: FindWaiting,
  after: PlannedCycle | null,
): Promise<LostPage> => {
  const lost: PlannedCycle[] = [];
  let waiting: ReadonlySet<string> | null = null;
  let next = after;
  do {
    const page: PlannedCycle[] = await findLostCycles(ports, next);
    if (page.length === 0) return { lost, next: null };
    waiting ??= await findWaiting();
    for (const cycle of page) if (!waiting.has(cycle.cycleId)) lost.push(cycle);
    next = page.length < LOST_MAX ? null : (page.at(-1) ?? null);
  } while (next !== null && lost.length < LOST_MAX);
  return { lost, next };
};

/** Announces again every due cycle that has not begun and is not in the queue; returns how many. So does the tick. */
export const announceLostCycles = async (
  ports: Pick<Ports, "db" | "wallNow">,
  { client, findWaiting }: { readonly client: Pick<InngestClient, "send">; readonly findWaiting: FindWaiting },
): Promise<number> => {
  const looks = (await planLooks(ports)).filter(({ again }) => again !== null);
  await sendEvents((_name, events) => client.send(events), "announce-looks-again", looks.map(toSlotEvent));
  let found = looks.length;
  let after: PlannedCycle | null = null;
  do {
    const page: LostPage = await findLostPage(ports, findWaiting, after);
    await sendEvents((_name, events) => client.send(events), "announce-again", page.lost.map(toRepeatedEvent));
    found += page.lost.length;
    after = page.next;
  } while (after !== null);
  return found;
};
