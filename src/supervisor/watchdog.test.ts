import { expect, it } from "vitest";
import { createWatchdog } from "./watchdog";

const looks = (watchdog: { isHung(): boolean }, count: number): number =>
  Array.from({ length: count }, () => watchdog.isHung()).filter(Boolean).length;

const PATIENCE = { startLooksMax: 50, silentLooksMax: 3 };

it("finds hung, once, who never beat for as many looks as a start may take", () => {
  const watchdog = createWatchdog(PATIENCE);
  expect(looks(watchdog, 50)).toBe(0);
  expect(looks(watchdog, 100)).toBe(1);
});

it("finds hung who beat and then was silent for too many looks in a row, once", () => {
  const watchdog = createWatchdog(PATIENCE);
  expect(looks(watchdog, 50)).toBe(0);
  watchdog.beat();
  expect(looks(watchdog, 3)).toBe(0);
  watchdog.beat();
  expect(looks(watchdog, 3)).toBe(0);
  expect(looks(watchdog, 100)).toBe(1);
});
