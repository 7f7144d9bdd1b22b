import { spawn, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, expect, it } from "vitest";
import { checkBotInvariants } from "~/server/books/check-bot-invariants";
import { readHealth } from "~/server/health/read-health";
import { createRuntime, type Runtime } from "~/server/runtime";
import { waitUntil } from "../postgres/wait-until";
import { PROJECT_FOLDER } from "../project-folder";
import { createTestDatabase } from "../testing/test-database";

const database = await createTestDatabase();
const runtime: Runtime = createRuntime({ databaseUrl: database.url, poolMax: 2 });
const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-start-"));
const PATIENCE_MS = 60_000;
const ATTEMPT_MS = 200;

let running: ChildProcess | undefined;

/** Processes that belong to a start of ours: their environment names the test's database. */
const survivors = (): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
        const state = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.[0];
        return state !== "Z" && environment.includes(`DATABASE_URL=${database.url}`);
      } catch {
        return false;
      }
    })
    .map(Number);

/** Starts everything but the web server in a process group of its own; resolves at its line "is ready". */
const start = async (): Promise<ChildProcess> => {
  const args = ["--import", "tsx", "scripts/start.ts", "--no-app", "--data", folder, "--history-days", "1"];
  const child = spawn(process.execPath, args, {
    cwd: PROJECT_FOLDER,
    env: { ...process.env, DATABASE_URL: database.url },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  running = child;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("0xBot is ready")) return child;
  }
  throw new Error("the start ended before it was ready");
};

const signalGroup = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  process.kill(-(child.pid ?? Number.NaN), signal);
  expect(await waitUntil(() => survivors().length === 0, PATIENCE_MS)).toBe(true);
};

const readClock = () => runtime.db.venueClock.findFirstOrThrow();

/** Waits for a cycle of the quick bot that ended on the live market after an instant of it. */
const liveCycleAfter = async (after: Date): Promise<Date> => {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const cycle = await runtime.db.cycle.findFirst({
      where: { bot: { name: "Trinity 5m" }, status: "done", slot: { gt: after } },
      orderBy: { slot: "desc" },
    });
    if (cycle) return cycle.slot;
    await runtime.db.$queryRaw`SELECT pg_sleep(${ATTEMPT_MS / 1000})::text`;
  }
  throw new Error("no cycle of the quick bot ended");
};

afterEach(() => {
  if (running?.exitCode === null && running.signalCode === null) process.kill(-(running.pid ?? Number.NaN), "SIGKILL");
});
afterAll(async () => {
  await runtime.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

it("trades live after its history, survives kill -9 of its group, and market time never runs back", async () => {
  const first = await start();
  const venue = await runtime.db.venue.findFirstOrThrow();
  const opened = venue.openedAt ?? new Date(Number.NaN);
  expect(await runtime.db.cycle.count({ where: { status: "done", slot: { lt: opened } } })).toBeGreaterThan(30);
  const seen = await liveCycleAfter(opened);
  expect(await readHealth(runtime, { hasRunner: true })).toEqual({ status: "ok" });

  await signalGroup(first, "SIGKILL");
  const killedAt = await readClock();
  expect(killedAt.highWater.getTime()).toBeGreaterThan(seen.getTime());

  const second = await start();
  const resumed = await readClock();
  expect(resumed.anchorMarket.getTime()).toBeGreaterThanOrEqual(killedAt.highWater.getTime());
  await liveCycleAfter(resumed.anchorMarket);
  await signalGroup(second, "SIGTERM");
  expect((await readClock()).speed).toBe(0);

  const points = await runtime.db.equityPoint.findMany({
    include: { bot: true },
    orderBy: { at: "desc" },
    distinct: ["botId"],
  });
  expect(points).toHaveLength(3);
  for (const { botId, at, bot } of points) {
    const ofSlot = { botId, settingsVersion: bot.settingsVersion, at: at.getTime() };
    expect(await checkBotInvariants(runtime, ofSlot)).toEqual([]);
  }
}, 180_000);
