import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { signIn } from "~/server/auth/sign-in";
import { checkBotInvariants } from "~/server/books/check-bot-invariants";
import { readHealth } from "~/server/health/read-health";
import { createRuntime, type Runtime } from "~/server/runtime";
import { APP_ROLE } from "../postgres/app-role";
import { runCommand } from "../run-command";
import { queryOne } from "../testing/cluster-folders";
import { createDemoProduct } from "../testing/demo-product";
import { createTestDatabase } from "../testing/test-database";
import { DEMO_EMAIL } from "../../src/server/venues/speed-rights";

const PATIENCE_MS = 60_000;
const ATTEMPT_MS = 200;
const product = createDemoProduct(["--no-app", "--history-days", "1"]);

afterAll(async () => {
  await product.kill();
  product.remove();
});

const withRuntime = async <Result>(databaseUrl: string, work: (runtime: Runtime) => Promise<Result>) => {
  const runtime = createRuntime({ databaseUrl, poolMax: 2 });
  try {
    return await work(runtime);
  } finally {
    await runtime.close();
  }
};
const inDemo = <Result>(work: (runtime: Runtime) => Promise<Result>) => withRuntime(product.databaseUrl(), work);

/** The roles that the processes of the product connect as. */
const rolesIn = async ({ db }: Runtime): Promise<string[]> => {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT usename::text AS name FROM pg_stat_activity WHERE datname = current_database()`;
  return rows.map(({ name }) => name);
};

/** How often a guard was asked for, apart from each full minute's and those of the history. */
const countAsked = async ({ db }: Runtime): Promise<number> => {
  const sent = await db.$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS count FROM runner.events WHERE name = 'positions/guard.requested' AND id NOT LIKE 'guard:%'`;
  return sent[0].count;
};

const readClock = ({ db }: Runtime) => db.venueClock.findFirstOrThrow();

/** Waits for a cycle of the quick bot that ended on the live market after the given market time. */
const liveCycleAfter = async ({ db }: Runtime, after: Date): Promise<Date> => {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const cycle = await db.cycle.findFirst({
      where: { bot: { name: "Trinity 5m" }, status: "done", slot: { gt: after } },
      orderBy: { slot: "desc" },
    });
    if (cycle) return cycle.slot;
    await db.$queryRaw`SELECT pg_sleep(${ATTEMPT_MS / 1000})::text`;
  }
  throw new Error("no cycle of the quick bot ended");
};

const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
const loginOf = (): string => product.lines.find((line) => line.startsWith("Demo login: ")) ?? "";
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

it("trades live after its history, survives kill -9 of all of it, and market time never runs back", async () => {
  await product.start();
  const seen = await inDemo(async (runtime) => {
    const { openedAt } = await runtime.db.venue.findFirstOrThrow();
    const opened = openedAt ?? new Date(Number.NaN);
    expect(await runtime.db.cycle.count({ where: { status: "done", slot: { lt: opened } } })).toBeGreaterThan(30);
    const slot = await liveCycleAfter(runtime, opened);
    expect(await readHealth(runtime)).toEqual({ status: "ok" });
    expect(await rolesIn(runtime)).toEqual([APP_ROLE]);
    expect(await countAsked(runtime)).toBe(1);
    return { slot, clock: await readClock(runtime) };
  });
  expect(seen.clock.highWater.getTime()).toBeGreaterThan(seen.slot.getTime());
  await product.kill();

  await product.start();
  await inDemo(async (runtime) => {
    const resumed = await readClock(runtime);
    expect(resumed.anchorMarket.getTime()).toBeGreaterThanOrEqual(seen.clock.highWater.getTime());
    await liveCycleAfter(runtime, resumed.anchorMarket);
    // A full minute may have passed while nothing ran.
    expect(await countAsked(runtime)).toBe(2);
    const points = await runtime.db.equityPoint.findMany({
      include: { bot: true },
      orderBy: { at: "desc" },
      distinct: ["botId"],
    });
    expect(points).toHaveLength(4);
    for (const { botId, at, bot } of points) {
      const ofSlot = { botId, settingsVersion: bot.settingsVersion, at: at.getTime() };
      const broken = await checkBotInvariants(runtime, ofSlot);
      // A cycle that runs right now has not ended.
      expect(broken.filter(({ text }) => !text.includes("never ended"))).toEqual([]);
    }
  });
}, 240_000);

it("the demo's user signs in with the printed password, the same at each start, which no other file has", async () => {
  const login = loginOf();
  expect(login).toMatch(/^Demo login: demo@0xbot\.local \/ [a-z2-9-]{19}$/);
  const password = login.split(" / ")[1] ?? "";
  await inDemo(async (runtime) => {
    const credentials = { email: DEMO_EMAIL, password };
    const entered = await signIn(runtime, { credentials, address: "127.0.0.1", userAgent: "test" });
    expect(entered.outcome).toBe("signed-in");
  });
  const kept = path.join(product.folder, "secrets", "demo-password");
  expect(statSync(kept).mode & 0o777).toBe(0o600);
  await product.interrupt();
  const holders = filesIn(product.folder).filter((file) => readFileSync(file).includes(password));
  expect(holders).toEqual([kept]);
  expect(product.lines.filter((line) => line.includes(password))).toEqual([login]);
  expect(product.lines.at(-1)).toBe("stopped");
});

it("in a database of one's own opens without bots at once, with no compiler in any process, and user:create --demo-bots makes four", async () => {
  const database = await createTestDatabase();
  const owner = database.ownerUrl;
  const env = { DATABASE_URL: database.url, DIRECT_URL: owner, OWNER_DATABASE_URL: owner };
  const create = (email: string, ...args: string[]) =>
    runCommand(
      ["sh", "-c", `echo a-password-for-tests | npm run -s user:create -- --email ${email} ${args.join(" ")}`],
      {
        env,
      },
    );
  expect((await create("early@example.org", "--demo-bots")).output).toMatch(/no open demo market: run "npm start"/);
  // Only its owner has rights in it: the start gives the other role its rights.
  await queryOne(database.ownerUrl, `DROP OWNED BY ${APP_ROLE}`);
  await product.start(env);
  for (const pid of product.processes()) expect(commandOf(pid)).not.toMatch(/tsx|esbuild/);
  for (const pid of product.processes().slice(1)) {
    expect(readFileSync(`/proc/${pid}/environ`, "utf8")).not.toContain(database.ownerUrl);
  }
  expect(await withRuntime(database.url, rolesIn)).toEqual([APP_ROLE]);
  expect(product.lines.join("\n")).toMatch(/npm run -s user:create -- --email \S+ --demo-bots/);
  expect(product.lines.join("\n")).not.toMatch(/history|Demo login/);
  const counts = await withRuntime(database.url, async ({ db }) => [await db.user.count(), await db.bot.count()]);
  expect(counts).toEqual([0, 0]);
  const made = await create("me@example.org", "--demo-bots");
  expect(made.output).toMatch(/me@example.org can sign in as trader, with the demo's bots/);
  await withRuntime(database.url, async (runtime) => {
    const bots = await runtime.db.bot.findMany({ include: { user: true } });
    expect(bots.map(({ user, name }) => `${user.email} ${name}`)).toHaveLength(4);
    const { openedAt } = await runtime.db.venue.findFirstOrThrow();
    for (const { nextDue } of bots) expect(nextDue?.getTime()).toBeGreaterThanOrEqual(openedAt?.getTime() ?? NaN);
    expect(await runtime.db.cycle.count({ where: { skipReason: "missed" } })).toBe(0);
  });
  await product.interrupt();
  await database.drop();
}, 180_000);
