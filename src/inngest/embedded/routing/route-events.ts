import type { CronSlot } from "../base/cron-schedule";
import type { RegisteredFunction } from "../registry/function-registry";
import { isJsonObject } from "../base/json-object";
import { planRouting, planStart, type ArrivedEvent, type PlannedRouting } from "./plan-routing";
import type { RunnerDatabase } from "../base/runner-database";

/** Events routed in one transaction. */
export const ROUTED_MAX = 2000;

const READ = {
  name: "runner-read-events",
  text: "select seq, id, name, body from runner.events where not routed order by seq limit $1",
} as const;
const FIRE_CRON = {
  name: "runner-fire-cron",
  text: "select runner.fire_cron($1, $2, $3, $4, $5, $6) as fired",
} as const;

export type EventRouter = {
  /** Which runs the first of the accepted events start and cancel; null: there are none. */
  plan(now: number): Promise<PlannedRouting | null>;
  /** Starts the run of a cron slot, unless another runner did. */
  fireCron(slot: CronSlot, now: number): Promise<void>;
};

/** `seq` is a bigint, which the driver returns as text. */
type EventRow = { seq: string; id: string; name: string; body: unknown };

const toEvent = ({ id, name, body }: EventRow): ArrivedEvent => ({ id, name, body: isJsonObject(body) ? body : {} });

export const createEventRouter = (database: RunnerDatabase, functions: readonly RegisteredFunction[]): EventRouter => ({
  plan: async (now) => {
    const rows = await database.run<EventRow>(READ, [ROUTED_MAX]);
    if (rows.length === 0) return null;
    const segments = planRouting(functions, rows.map(toEvent), now);
    return { now, positions: rows.map((row) => row.seq), segments };
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
