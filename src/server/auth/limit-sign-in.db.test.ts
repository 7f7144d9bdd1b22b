import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { countSignIn, forgiveSignIn, type Trier } from "./limit-sign-in";

const DAY_MS = 86_400_000;

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed), { poolMax: 10 });
beforeEach(() => {
  // The clock of the counters; nothing waits.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 1) });
});
afterAll(() => void vi.useRealTimers());

const stranger = (email: string): Trier => ({ kind: "stranger", email, address: null });
const device: Trier = {
  kind: "known-device",
  device: { userId: "00000000-0000-4000-8000-000000000001", tokenHash: "0".repeat(64) },
};

/** When each guess was let through, over some days, for somebody who comes back as soon as it is allowed. */
const guessFor = async (trier: Trier, days: number): Promise<number[]> => {
  const end = Date.now() + days * DAY_MS;
  const guesses: number[] = [];
  while (Date.now() < end) {
    const seconds = await countSignIn(runtime.db, trier);
    if (seconds === 0) guesses.push(Date.now());
    else vi.setSystemTime(Date.now() + seconds * 1000);
  }
  return guesses;
};

const mostInADay = (times: readonly number[]): number =>
  Math.max(...times.map((begin) => times.filter((at) => at >= begin && at < begin + DAY_MS).length));

describe("guessing", () => {
  it.each([
    ["by strangers", stranger("victim@example.org")],
    ["from a stolen device", device],
    ["from a stolen session", { kind: "signed-in", sessionId: "00000000-0000-4000-8000-000000000002" } as const],
  ])("%s is bounded to 120 tries of an account in any 24 hours", async (_who, trier) => {
    const guesses = await guessFor(trier, 1.5);
    expect(mostInADay(guesses)).toBeLessThanOrEqual(120);
    // And it is a delay, not a lock: the owner on a new device gets a turn within a quarter of an hour.
    expect(mostInADay(guesses)).toBeGreaterThan(96);
  });

  it("waits twice as long after each try, from 30 seconds to 15 minutes", async () => {
    const guesses = await guessFor(stranger("slow@example.org"), 0.05);
    const waits = guesses.slice(1).map((at, index) => (at - (guesses[index] ?? 0)) / 1000);
    expect(waits.slice(0, 16)).toEqual([...Array<number>(9).fill(0), 30, 60, 120, 240, 480, 900, 900]);
  });

  it("by many at once gets no more than one after another", async () => {
    const tries = await Promise.all(
      Array.from({ length: 40 }, () => countSignIn(runtime.db, stranger("crowd@example.org"))),
    );
    expect(tries.filter((seconds) => seconds === 0)).toHaveLength(10);
  });

  it("in vain does not make the wait longer", async () => {
    const trier = stranger("patient@example.org");
    for (let n = 0; n < 10; n++) await countSignIn(runtime.db, trier);
    for (let n = 0; n < 20; n++) expect(await countSignIn(runtime.db, trier)).toBe(30);
    vi.setSystemTime(Date.now() + 30_000);
    expect(await countSignIn(runtime.db, trier)).toBe(0);
    expect(await countSignIn(runtime.db, trier)).toBe(60);
  });
});

it("people who know their passwords never fill up the address that they share", async () => {
  for (let n = 0; n < 60; n++) {
    const trier: Trier = { kind: "stranger", email: `person${n}@example.org`, address: "203.0.113.20" };
    expect(await countSignIn(runtime.db, trier)).toBe(0);
    await forgiveSignIn(runtime.db, trier);
  }
});
