import type { Inngest } from "inngest";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createRuntime, type Runtime } from "~/server/runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "~/server/testing/books-fixture";
import { claimSlot, planSlot, stagesOf } from "~/server/testing/cycle-fixture";
import { interceptStatements } from "~/server/testing/intercept-statements";
import { MEMORY_TIMEFRAME } from "~/server/testing/memory-market";
import { VenueError } from "~/trading/venue-error";
import { openRunnerTestBed, type RunnerTestBed } from "../embedded/contract/open-test-runner";
import type { EmbeddedRunner } from "../embedded/create-embedded-runner";
import { createSteppedClock, type SteppedClock } from "../embedded/base/scheduler-clock";
import { cycleDue } from "../events";
import { createRunBotCycle } from "./run-bot-cycle";

let bed: RunnerTestBed;
let runtime: Runtime;
let fixture: BooksFixture;
let clock: SteppedClock;
let runner: EmbeddedRunner;
let client: Inngest;
let failures: number;
/** The error thrown when a cycle begins; null: none. */
let broken: Error | null;
/** Done around each statement of a cycle. */
let around: Parameters<typeof interceptStatements>[1];
let cycleId: string;

beforeAll(async () => {
  bed = await openRunnerTestBed();
  runtime = createRuntime({ databaseUrl: bed.url, poolMax: 5 });
});
afterAll(async () => {
  await runtime.close();
  await bed.close();
});

const announce = async (slot: number): Promise<void> => {
  cycleId = await planSlot(fixture, slot);
  await client.send(cycleDue.create({ botId: fixture.botId, cycleId, slot: new Date(slot).toISOString() }));
};

/**
 * A runner over a market that fails `failures` times before it answers; a first cycle is announced. Where it always
 * fails, decision candles cannot be read either.
 */
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { settings: { mode: "buy-and-hold" } });
  clock = createSteppedClock(FIRST_SLOT);
  const { market, ports } = fixture;
  const fetchTicker: typeof market.fetchTicker = (of) => {
    failures -= 1;
    return failures < 0
      ? market.fetchTicker(of)
      : Promise.reject(new VenueError("unreachable", "no answer from 10.0.0.1"));
  };
  [broken, failures, around] = [null, 0, (_text, run) => run()];
  const wallNow = (): number => {
    if (broken) throw broken;
    return ports.wallNow();
  };
  const db = interceptStatements(ports.db, (text, run) => around(text, run));
  const candles: typeof ports.candles = {
    read: (of, wanted, source) =>
      failures === Number.POSITIVE_INFINITY && wanted.timeframe !== MEMORY_TIMEFRAME
        ? Promise.reject(new VenueError("unreachable", "no answer from 10.0.0.1"))
        : ports.candles.read(of, wanted, source),
  };
  const failing = { ...ports, db, candles, wallNow, marketDataOf: () => Promise.resolve({ ...market, fetchTicker }) };
  const opened = await bed.open((inngest) => [createRunBotCycle(inngest, failing)], { clock });
  ({ runner, client } = opened);
  await announce(FIRST_SLOT);
});
afterEach(() => runner.stop());

const cycle = () => runtime.db.cycle.findUniqueOrThrow({ where: { id: cycleId } });
const lease = () => runtime.db.botLease.findUniqueOrThrow({ where: { botId: fixture.botId } });
/** Steps the clock to the next due instant and works; returns the wait in ms, null when nothing is due. */
const nextTry = async (): Promise<number | null> => {
  const due = await runner.nextDueAt();
  if (due === undefined) return null;
  const waitMs = due - clock.now();
  clock.jumpTo(due);
  fixture.setTime(due);
  await runner.drain();
  return waitMs;
};

describe("a cycle whose venue does not answer", () => {
  it("once: is due with its bot free, and the same run begins it anew under a new epoch and ends it", async () => {
    failures = 1;
    await runner.drain();
    const cause = "The venue does not answer.";
    expect(await cycle()).toMatchObject({ status: "due", retries: 1, failure: cause, epoch: 1n });
    expect(await lease()).toMatchObject({ holder: null, expiresAt: null });
    expect(await nextTry()).toBeGreaterThanOrEqual(15_000);
    expect(await cycle()).toMatchObject({ status: "done", failure: null, epoch: 2n });
    expect(await lease()).toMatchObject({ holder: null, epoch: 2n });
    expect(await runtime.db.equityPoint.count({ where: { botId: fixture.botId } })).toBe(1);
    expect(await nextTry()).toBeNull();
  });

  it("ever: is tried four times, longer apart, and then fails with its cause", async () => {
    failures = Number.POSITIVE_INFINITY;
    await runner.drain();
    const waits = [await nextTry(), await nextTry(), await nextTry()].map((wait) => Math.floor((wait ?? 0) / 15_000));
    expect(waits).toEqual([1, 2, 4]);
    expect(await cycle()).toMatchObject({ status: "failed", failure: "The venue does not answer.", retries: 3 });
    expect(await lease()).toMatchObject({ holder: null });
    expect(await nextTry()).toBeNull();
    expect(await runtime.db.alert.count({ where: { botId: fixture.botId, severity: "critical" } })).toBe(1);
  });

  it("while its next slot has the bot and ends: it is skipped, and marks no equity of a past hour", async () => {
    failures = 1;
    await runner.drain();
    const next = await claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "another" });
    for (const stage of stagesOf(fixture, () => [])) await stage.run(next);
    await nextTry();
    // The fixture's clock is back at the time of this try, so only the later slot can make it stale.
    expect(await cycle()).toMatchObject({ status: "skipped", skipReason: "stale" });
    const points = await runtime.db.equityPoint.findMany({ where: { botId: fixture.botId } });
    expect(points.map(({ at }) => at.getTime())).toEqual([FIRST_SLOT + HOUR_MS]);
  });
});

it("verdicts whose answer was lost stay: the run goes on from them, though the market cannot be read any more", async () => {
  around = async (text, run) => {
    const answer = await run();
    if (!text.includes("INTO verdicts")) return answer;
    failures = Number.POSITIVE_INFINITY;
    throw new Error("the connection broke");
  };
  const logged = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  await runner.drain();
  logged.mockRestore();
  expect(await cycle()).toMatchObject({ status: "running", stages: { "apply-risk": { result: { passed: 1 } } } });
  await nextTry();
  expect(await cycle()).toMatchObject({ status: "done", failure: null, epoch: 1n });
  expect(await runtime.db.fill.count({ where: { position: { botId: fixture.botId } } })).toBe(1);
});

it("a cycle that cannot even begin fails in words that tell nothing of where we are built", async () => {
  broken = new TypeError("Invalid invocation in /srv/0xbot/src/server/cycle/begin-cycle.ts:12:3");
  const logged = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  await runner.drain();
  while ((await nextTry()) !== null) expect(await cycle()).not.toMatchObject({ status: "running" });
  expect(logged.mock.calls.join()).toContain("/srv/0xbot");
  logged.mockRestore();
  expect(await cycle()).toMatchObject({ status: "failed", failure: expect.stringMatching(/^Something went wrong/) });
  const [alert] = await runtime.db.alert.findMany({ where: { botId: fixture.botId } });
  expect(alert?.message).toMatch(/failed: Something went wrong inside 0xBot\. .*its log\.$/);
});

it("a bot whose settings this release cannot read fails at its first try and says why, alerted once a version", async () => {
  const { botId } = fixture;
  const setVersion = async (version: number): Promise<void> => {
    await runtime.db.botSettings.create({ data: { botId, version, settings: { mode: "gone" } } });
    await runtime.db.bot.update({ where: { id: botId }, data: { settingsVersion: version } });
  };
  const alerts = async (): Promise<string[]> =>
    (await runtime.db.alert.findMany({ where: { botId }, orderBy: { createdAt: "asc" } })).map(
      ({ message }) => message,
    );
  await setVersion(2);
  for (const hour of [0, 1, 2]) {
    if (hour > 0) await announce(FIRST_SLOT + hour * HOUR_MS);
    clock.jumpTo(FIRST_SLOT + hour * HOUR_MS);
    if (hour === 2) await setVersion(3);
    await runner.drain();
    const version = hour === 2 ? 3 : 2;
    const why = `version ${version} of the bot's settings cannot be read by this release: save them again`;
    expect(await cycle()).toMatchObject({ status: "failed", retries: 0, failure: expect.stringContaining(why) });
    expect(await nextTry()).toBeNull();
  }
  const told = (slot: string, version: number) =>
    expect.stringMatching(new RegExp(`^The cycle of .*${slot}.* failed: .*version ${version} of the bot's settings`));
  expect(await alerts()).toEqual([told("00:00", 2), told("02:00", 3)]);
});
