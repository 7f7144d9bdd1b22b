/**
 * Many bots whose candles close at one instant, over the product as `npm start -- --no-app` runs it, on the demo market
 * at the speed of a clock: npm run -s bench:scale -- --bots 1000 --minutes 6 [--json]
 */
import { createDemoProduct, type DemoProduct } from "../scripts/testing/demo-product";
import { openDemoSource } from "../scripts/start/demo-source";
import { chooseOpening } from "./scale/choose-opening";
import { countRoundTrips, type RoundTrips } from "./scale/count-round-trips";
import { countMessages } from "./count-messages";
import { INTERVAL_MS, planCloses } from "./scale/plan-closes";
import { describeScale } from "./scale/print-scale-report";
import { runProduct } from "./scale/run-product";
import { parseScaleOptions, SCALE_USAGE, ScaleUsageError, type ScaleOptions } from "./scale/scale-options";
import { buildScaleReport, findFailure } from "./scale/scale-report";
import { auditOrThrow, openCluster, setUpBots, urlsOf } from "./scale/set-up-bots";

const messages = countMessages();
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const measure = async (options: ScaleOptions, product: DemoProduct): Promise<number> => {
  const { bots, minutes } = options;
  const plan = planCloses(minutes);
  const source = await openDemoSource({ candles: null, start: null, speed: 1, historyDays: 0 });
  const opening = chooseOpening(source.library, plan.closes);
  const opensAt = opening.firstClose - plan.firstCloseMs;
  say(`${bots} bots are made; the market opens at ${new Date(opensAt).toISOString()}`);
  await setUpBots({ ...options, dataFolder: product.folder, source, opening, opensAt });
  const observed = await runProduct({ product, plan, opensAt, say });

  const cluster = await openCluster(product.folder);
  let roundTrips: RoundTrips;
  let audited: number;
  try {
    const { app: url, owner: ownerUrl } = urlsOf(cluster);
    audited = await auditOrThrow(url);
    // Two slots after the last close, so that none of those was planned when the product ended.
    const firstSlot = opening.firstClose + (plan.closes + 1) * INTERVAL_MS;
    roundTrips = await countRoundTrips({ url, ownerUrl, source, messages, firstSlot });
  } finally {
    await cluster.stop("immediate");
  }
  const report = buildScaleReport({ bots, minutes, observed, roundTrips, audited });
  process.stdout.write(`${options.isJson ? JSON.stringify(report, null, 2) : describeScale(report)}\n`);
  const failure = findFailure(report);
  if (failure !== null) say(failure);
  return failure === null ? 0 : 1;
};

const run = async (options: ScaleOptions): Promise<number> => {
  const product = createDemoProduct(["--no-app"]);
  const end = (): void => {
    const isRunning = product.processes().length > 0;
    void (isRunning ? product.kill() : Promise.resolve()).finally(() => {
      product.remove();
      process.exit(130);
    });
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, end);
  try {
    return await measure(options, product);
  } finally {
    product.remove();
  }
};

try {
  process.exitCode = await run(parseScaleOptions(process.argv.slice(2)));
} catch (error) {
  const isUsage = error instanceof ScaleUsageError || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
  say(isUsage ? `${(error as Error).message}\n\n${SCALE_USAGE}` : String((error as Error).stack ?? error));
  process.exitCode = isUsage ? 2 : 1;
}
