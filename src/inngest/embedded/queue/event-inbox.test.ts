import { expect, it, vi } from "vitest";
import type { DueTimer } from "../base/due-timer";
import { wallSchedulerClock as clock } from "../base/scheduler-clock";
import type { JobQueue } from "./job-queue";
import { createEventInbox } from "./event-inbox";
import type { PlannedRouting } from "../routing/plan-routing";
import { ROUTED_MAX, type EventRouter } from "../routing/route-events";

const START = { run_id: "r", fn: "f", event_id: "e", event_name: "n", singleton_key: null, cancel_keys: [] };

const routingOf = (events: number, due: readonly number[] = []): PlannedRouting => ({
  now: 4,
  positions: Array.from({ length: events }, (_, index) => String(index)),
  segments: [{ starts: due.map((due_ms) => ({ ...START, due_ms })), cancels: [] }],
});

/** An inbox over plans in turn; then nothing has arrived. */
const open = (plans: readonly (PlannedRouting | Error)[], isFirst = true) => {
  const dueTimer = { arm: vi.fn<DueTimer["arm"]>(), clear: () => undefined };
  const left = [...plans];
  const plan = vi.fn<EventRouter["plan"]>(() => {
    const next = left.shift() ?? null;
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  });
  const asked: string[] = [];
  let routes = isFirst;
  const queue: Pick<JobQueue, "claim" | "routeAndClaim"> = {
    claim: (limit) => {
      asked.push(`claim ${limit}`);
      return Promise.resolve([]);
    },
    routeAndClaim: ({ positions }, limit) => {
      asked.push(`route ${positions.length}, claim ${limit}`);
      const answer = routes ? [] : null;
      routes = true;
      return Promise.resolve(answer);
    },
  };
  const onRouted = vi.fn<(events: number) => void>();
  const router = { plan } as unknown as EventRouter;
  return {
    ...createEventInbox({ router, queue, clock, dueTimer, onRouted }),
    asked,
    plan,
    onRouted,
    arm: dueTimer.arm,
  };
};

it("asks for events at the start, then only after a mark, routes them with the claim and arms what is due later", async () => {
  const inbox = open([routingOf(2, [4, 5, 7]), routingOf(1, [9])]);
  await inbox.claim(3);
  await inbox.claim(3);
  inbox.mark();
  for (let claims = 0; claims < 2; claims++) await inbox.claim(2);
  expect(inbox.asked).toEqual(["route 2, claim 3", "claim 3", "route 1, claim 2", "claim 2"]);
  expect(inbox.plan).toHaveBeenCalledTimes(2);
  expect(inbox.arm.mock.calls.map(([dueMs]) => dueMs)).toEqual([5, 7, 9]);
  expect(inbox.onRouted.mock.calls).toEqual([[2], [1]]);
});

it("reads again what another runner routed, and routes all that have arrived before it claims", async () => {
  const other = open([routingOf(2), routingOf(1)], false);
  await other.claim(3);
  expect(other.asked).toEqual(["route 2, claim 3", "route 1, claim 3"]);
  expect(other.onRouted.mock.calls).toEqual([[1]]);
  const many = open([routingOf(ROUTED_MAX), routingOf(ROUTED_MAX)]);
  await many.claim(3);
  expect(many.asked).toEqual([`route ${ROUTED_MAX}, claim 0`, `route ${ROUTED_MAX}, claim 0`, "claim 3"]);
});

it("events that could not be routed stay marked, and so do those that come meanwhile", async () => {
  const inbox = open([new Error("no database"), routingOf(1), routingOf(1)]);
  await expect(inbox.claim(1)).rejects.toThrow("no database");
  const claiming = inbox.claim(1);
  inbox.mark();
  await claiming;
  await inbox.claim(1);
  await inbox.claim(1);
  expect(inbox.asked).toEqual(["route 1, claim 1", "route 1, claim 1", "claim 1"]);
});
