import { expect, it, vi } from "vitest";
import type { DueTimer } from "../base/due-timer";
import { createEventInbox } from "./event-inbox";
import type { EventRouter } from "./route-events";
import { wallSchedulerClock as clock } from "../base/scheduler-clock";

const open = (routeAll: EventRouter["routeAll"]) => {
  const dueTimer = { arm: vi.fn<DueTimer["arm"]>(), clear: () => undefined };
  const router = { routeAll } as EventRouter;
  return { ...createEventInbox({ router, clock, dueTimer }), arm: dueTimer.arm };
};

it("asks the database once at the start, then only after a mark, and arms what is due later", async () => {
  const routeAll = vi.fn<EventRouter["routeAll"]>(() => Promise.resolve({ events: 2, laterMs: [5, 7] }));
  const { empty, mark, arm } = open(routeAll);
  expect([await empty(), await empty()]).toEqual([2, 0]);
  mark();
  expect([await empty(), await empty()]).toEqual([2, 0]);
  expect(arm.mock.calls.map(([dueMs]) => dueMs)).toEqual([5, 7, 5, 7]);
});

it("events that could not be routed stay marked, and so do those that come meanwhile", async () => {
  const routeAll = vi.fn<EventRouter["routeAll"]>(() => Promise.resolve({ events: 1, laterMs: [] }));
  const { empty, mark } = open(routeAll);
  routeAll.mockRejectedValueOnce(new Error("no database"));
  await expect(empty()).rejects.toThrow("no database");
  routeAll.mockImplementationOnce(() => {
    mark();
    return Promise.resolve({ events: 1, laterMs: [] });
  });
  expect([await empty(), await empty(), await empty()]).toEqual([1, 1, 0]);
});
