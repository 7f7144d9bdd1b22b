import { expect, it } from "vitest";
import { modelDeadlineMs } from "./model-deadline";

const MOST = 20_000;

it.each([
  ["on a venue by wall clock", { intervalMs: 300_000, speed: 1 }, MOST],
  ["at an hourly slot of the demo's speed", { intervalMs: 3_600_000, speed: 720 }, 3000],
  ["at its highest speed", { intervalMs: 3_600_000, speed: 3600 }, 600],
  ["at a slot that is over before anybody answers", { intervalMs: 60_000, speed: 3600 }, null],
  ["of a market that stands still", { intervalMs: 60_000, speed: 0 }, MOST],
])("a model's answer ends well before the next slot: %s", (_where, slot, ms) => {
  expect(modelDeadlineMs(slot, MOST)).toBe(ms);
});
