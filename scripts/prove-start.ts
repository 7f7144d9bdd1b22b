import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createSeededRandom } from "../src/trading/market/synthetic-candles";
import { findFreePort } from "./postgres/free-port";
import { needsBuild } from "./start/build-app";
import { openSurvival, type Standing, type Survival } from "./start/survival";
import { createDemoProduct, type DemoProduct } from "./testing/demo-product";

const USAGE = `Usage: npm run -s prove:start -- [--kills 10] [--seed n] [--no-app]

Starts the product in a fresh folder, kills all its processes with SIGKILL at random moments while it trades, starts it
again (every other time only after a start that was killed half-way too), and checks after each start that nothing was
lost, doubled or turned back. Without a build: without the app.`;

const NOTHING: Standing = { highWater: 0, stamped: 0, cyclesDone: 0, fills: 0, ledgerEntries: 0 };
const TRADE_MS = { min: 500, more: 14_000 };
/** When to kill a start: from its first process until after the last phase of a quick start. */
const START_MS = { min: 200, more: 6000 };
const GROWTH_PATIENCE_MS = 90_000;
const LOOK_MS = 250;

type Life = { readonly product: DemoProduct; readonly env: Readonly<Record<string, string>> };

/** Waits until one more cycle is done, which shows that the product trades and does not only run. */
const waitForCycle = async (survival: Survival, from: Standing): Promise<void> => {
  const deadline = performance.now() + GROWTH_PATIENCE_MS;
  while ((await survival.standing()).cyclesDone <= from.cyclesDone) {
    if (performance.now() > deadline) throw new Error(`no cycle ended within ${GROWTH_PATIENCE_MS / 1000} s`);
    await delay(LOOK_MS);
  }
};

const checkApp = async ({ env }: Life): Promise<string[]> => {
  if (env["PORT"] === undefined) return [];
  const { status } = await fetch(`http://127.0.0.1:${env["PORT"]}/sign-in`);
  return status === 200 ? [] : [`the sign-in page answered ${status}`];
};

/** Starts, compares with the state before, trades for `tradeMs`; returns the state then. */
const live = async (
  life: Life,
  before: Standing,
  tradeMs: number,
): Promise<Standing & { readonly startMs: number }> => {
  const startedAt = performance.now();
  await life.product.start(life.env);
  const startMs = performance.now() - startedAt;
  const survival = openSurvival(life.product.databaseUrl());
  try {
    const problems = [...(await survival.problems(before)), ...(await checkApp(life))];
    if (problems.length > 0) throw new Error(problems.join("\n"));
    await waitForCycle(survival, before);
    await delay(tradeMs);
    return { ...(await survival.standing()), startMs };
  } finally {
    await survival.close();
  }
};

/** A start that is killed at a random moment, perhaps when it already trades. */
const cutStart = async ({ product, env }: Life, random: () => number): Promise<void> => {
  const startMs = Math.round(START_MS.min + random() * START_MS.more);
  const ended = product.start(env).then(
    () => "ready",
    () => "not ready",
  );
  await delay(startMs);
  await product.kill();
  say(`a start killed after ${startMs} ms, ${await ended}: "${product.lines.at(-1) ?? ""}"`);
};

const describeStanding = ({ stamped, cyclesDone, fills, ledgerEntries }: Standing): string =>
  `${new Date(stamped).toISOString()}, ${cyclesDone} cycles done, ${fills} fills, ${ledgerEntries} ledger entries`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const crash = async (life: Life, { kills, seed }: { kills: number; seed: number }): Promise<void> => {
  const random = createSeededRandom(seed);
  let standing: Standing = NOTHING;
  for (let kill = 1; kill <= kills; kill++) {
    if (kill % 2 === 1) await cutStart(life, random);
    const tradeMs = Math.round(TRADE_MS.min + random() * TRADE_MS.more);
    const lived = await live(life, standing, tradeMs);
    const pids = life.product.processes();
    await life.product.kill();
    standing = lived;
    const ready = `ready in ${(lived.startMs / 1000).toFixed(1)} s`;
    say(`kill ${kill} of ${kills}: ${pids.length} processes, ${ready}, market ${describeStanding(lived)}`);
  }
  standing = await live(life, standing, 0);
  say(
    `${kills} kills survived: market ${describeStanding(standing)}, books whole, nothing lost, doubled or turned back`,
  );
};

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "10" },
    seed: { type: "string" },
    "no-app": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

/** Runs the product in a folder that is kept when something fails. Returns the exit code. */
const crashIn = async (life: Life, plan: { kills: number; seed: number }): Promise<number> => {
  const { product } = life;
  try {
    await crash(life, plan);
    await product.interrupt();
    product.remove();
    return 0;
  } catch (error) {
    await product.kill();
    const text = error instanceof Error ? error.message : String(error);
    process.stderr.write(`BROKEN: ${text}\nits data is in ${product.folder}\n`);
    return 1;
  }
};

const main = async (): Promise<number> => {
  const [kills, seed] = [Number(values.kills), Number(values.seed ?? Date.now() % 1_000_000)];
  if (values.help) {
    say(USAGE);
    return 0;
  }
  if (!(kills >= 1 && [kills, seed].every(Number.isInteger))) throw new Error(`--kills and --seed are whole numbers.`);
  const hasApp = !values["no-app"] && !needsBuild();
  say(`seed ${seed}, ${hasApp ? "with" : "without"} the app`);
  const withoutApp = hasApp ? [] : ["--no-app"];
  const env = hasApp ? { PORT: String(await findFreePort()) } : {};
  const product = createDemoProduct(["--history-days", "1", ...withoutApp]);
  // The product runs in its own process group, which Ctrl-C here does not reach.
  process.once("SIGINT", () => void product.kill().finally(() => process.exit(130)));
  return crashIn({ product, env }, { kills, seed });
};

process.exitCode = await main();
