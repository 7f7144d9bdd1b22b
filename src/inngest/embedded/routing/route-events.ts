import type { CronSlot } from "../base/cron-schedule";
import type { RegisteredFunction } from "../registry/function-registry";
import { isJsonObject } from "../base/json-object";
import { planRouting, planStart, type ArrivedEvent } from "./plan-routing";
import type { RunnerDatabase } from "../base/runner-database";

/** Events routed in one transaction. */
const BATCH = 2000;

const READ = {
  name: "runner-read-events",
  text: "select seq, id, name, body from runner.events where not routed order by seq limit $1",
} as const;
const ROUTE = {
  name: "runner-route-events",
  text: "select runner.route_events($1, $2, $3) as routed",
} as const;
const FIRE_CRON = {
  name: "runner-fire-cron",
  text: "select runner.fire_cron($1, $2, $3, $4, $5, $6) as fired",
} as const;

type Routed = { readonly events: number; readonly laterMs: readonly number[] };

export type EventRouter = {
  /** Starts and cancels runs for all accepted events. Returns how many events, and when delayed runs are due. */
  routeAll(now: number): Promise<Routed>;
  /** Starts the run of a cron slot, unless another runner did. */
  fireCron(slot: CronSlot, now: number): Promise<void>;
};

/** `seq` is a bigint, which the driver returns as text. */
type EventRow = { seq: string; id: string; name: string; body: unknown };

const toEvent = ({ id, name, body }: EventRow): ArrivedEvent => ({ id, name, body: isJsonObject(body) ? body : {} });

export const createEventRouter = (database: RunnerDatabase, functions: readonly RegisteredFunction[]): EventRouter => ({
  routeAll: async (now) => {
    let events = 0;
    const laterMs: number[] = [];
    for (;;) {
      const rows = await database.run<EventRow>(READ, [BATCH]);
      if (rows.length === 0) return { events, laterMs };
      const segments = planRouting(functions, rows.map(toEvent), now);
      const positions = rows.map((row) => row.seq);
      const answer = await database.run<{ routed: boolean }>(ROUTE, [now, positions, JSON.stringify(segments)]);
      // Not routed = another runner has already routed some of them: the rest is read again.
      if (answer[0]?.routed !== true) continue;
      events += rows.length;
      const due = segments.flatMap((segment) => segment.starts.map((start) => start.due_ms));
      laterMs.push(...due.filter((dueMs) => dueMs > now));
      if (rows.length < BATCH) return { events, laterMs };
    }
  },
  fireCron: async (slot, now) => {
    const fn = functions.find((candidate) => candidate.id === slot.fn);
    if (!fn) return;
    const id = `cron:${slot.fn}:${slot.slotMs}`;
    const name = "inngest/scheduled.timer";
    const body = { id, name, ts: slot.slotMs, data: { cron: slot.cron } };
    const starts = JSON.stringify([planStart(fn, { id, name, body }, now)]);
    await database.run(FIRE_CRON, [now, slot.fn, slot.slotMs, id, JSON.stringify(body), starts]);
  },
});
