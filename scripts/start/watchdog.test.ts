import { expect, it } from "vitest";
import { createWatchdog } from "./watchdog";

const looks = (watchdog: { isHung(): boolean }, count: number): number =>
  Array.from({ length: count }, () => watchdog.isHung()).filter(Boolean).length;

it("finds hung who beat and then was silent for too many looks in a row, once, and nobody who never beat", () => {
  const watchdog = createWatchdog(3);
  expect(looks(watchdog, 100)).toBe(0);
  watchdog.beat();
  expect(looks(watchdog, 3)).toBe(0);
  watchdog.beat();
  expect(looks(watchdog, 3)).toBe(0);
  expect(looks(watchdog, 100)).toBe(1);
});
