/**
 * What a bot's age costs: a young bot and one of a million ledger entries live the same hours in turn, in one database;
 * then every query of the aged bot's pages is asked: npm run -s bench:age [-- --entries 1000000] [--json]
 */
import { migrateDatabase } from "../scripts/migrate-database";
import { runAlone } from "../scripts/postgres/run-alone";
import { startTestCluster, type TestCluster } from "../scripts/testing/start-test-cluster";
import { createRuntime, type Runtime } from "../src/server/runtime";
import { agingSql, pastCandlesSql, settleSql } from "../src/server/testing/age-bot";
import { createBooksFixture, type BooksFixture } from "../src/server/testing/books-fixture";
import { pageQueriesOf } from "../src/server/testing/page-queries";
import { PERMISSIVE } from "../src/server/testing/run-hours";
import { AGE_USAGE, AgeUsageError, parseAgeOptions, type AgeOptions } from "./age/age-options";
import { liveRound } from "./age/live-round";
import {
  compareStages,
  describeQueries,
  findBeyond,
  QUERY_MS_MAX,
  RATIO_MAX,
  timed,
  type QueryFigures,
  type StageFigures,
  type Times,
} from "./age/measure-age";

const DATABASE = "age";
const PAIR = "BTC/USDT";
const LINES_PER_TRADE = 5;
/** A page's queries are asked so often. */
const ASKED = 15;
const WARM_ROUNDS = 4;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const makeBot = async (runtime: Runtime, rounds: number): Promise<BooksFixture & { readonly marketId: number }> => {
  const days = Math.ceil(rounds / 24) + 1;
  const fixture = await createBooksFixture(runtime, { seed: 3, days, settings: { risk: PERMISSIVE } });
  const { id: marketId } = await runtime.db.market.findFirstOrThrow({ where: { venueId: fixture.venueId } });
  return { ...fixture, marketId };
};

const makeBots = async (runtime: Runtime, ownerUrl: string, { entries, points, trades, rounds }: AgeOptions) => {
  const [young, aged] = [await makeBot(runtime, rounds), await makeBot(runtime, rounds)];
  const past = { postings: Math.floor((entries - trades * LINES_PER_TRADE) / 2), points, trades };
  const candles = [young, aged].map(({ marketId }) => pastCandlesSql(marketId, trades));
  for (const sql of [agingSql(aged, past), ...candles, ...settleSql]) await runAlone(ownerUrl, sql);
  return { young, aged };
};

type Bots = Awaited<ReturnType<typeof makeBots>>;

const liveBoth = async (bots: Bots, rounds: number): Promise<StageFigures[]> => {
  const [young, aged]: [Times, Times] = [{}, {}];
  for (let round = 0; round < rounds; round += 1) {
    // The first rounds find everything cold, but the first also has what is done once.
    const take = (times: Times): Times => (round > 0 && round < WARM_ROUNDS ? {} : times);
    const turns: [BooksFixture, Times][] = [
      [bots.young, take(young)],
      [bots.aged, take(aged)],
    ];
    for (const [fixture, times] of round % 4 < 2 ? turns : turns.toReversed()) await liveRound(fixture, round, times);
  }
  return compareStages(young, aged);
};

const askAll = async ({ ports, userId, botId }: BooksFixture): Promise<QueryFigures[]> => {
  const queries = await pageQueriesOf(ports, userId, { botId, pair: PAIR });
  const times: Times = {};
  for (let time = 0; time < ASKED; time += 1) {
    for (const [name, query] of Object.entries(queries)) await timed(times, name, query);
  }
  return describeQueries(times);
};

const print = (stages: readonly StageFigures[], queries: readonly QueryFigures[]): void => {
  const cell = (value: number, digits: number): string => value.toFixed(digits).padStart(9);
  console.log(`stage              runs  young ms  aged ms    ratio   (budget ${RATIO_MAX})`);
  for (const { stage, runs, young, aged, ratio } of stages) {
    console.log(`${stage.padEnd(18)}${String(runs).padStart(5)}${cell(young, 1)}${cell(aged, 1)}${cell(ratio, 2)}`);
  }
  console.log(`\nquery of the aged bot           p50 ms    worst   (budget ${QUERY_MS_MAX} ms)`);
  for (const { query, p50, worst } of queries) console.log(`${query.padEnd(29)}${cell(p50, 1)}${cell(worst, 1)}`);
};

const measure = async (cluster: TestCluster, options: AgeOptions): Promise<number> => {
  const at = (url: string): string => Object.assign(new URL(url), { pathname: `/${DATABASE}` }).toString();
  await cluster.createDatabase(DATABASE, cluster.templateName);
  const ownerUrl = at(cluster.maintenanceUrl);
  await migrateDatabase({ owner: ownerUrl, app: at(cluster.appUrl) });
  const runtime = createRuntime({ databaseUrl: at(cluster.appUrl), keepsPrepared: true });
  try {
    say(`a bot is aged by ${options.entries} ledger entries and ${options.points} points`);
    const bots = await makeBots(runtime, ownerUrl, options);
    say(`two bots live ${options.rounds} hours in turn`);
    const stages = await liveBoth(bots, options.rounds);
    const whole = stages.filter(({ stage }) => stage === "whole audit");
    const compared = stages.filter((stage) => !whole.includes(stage));
    const queries = await askAll(bots.aged);
    const beyond = findBeyond(compared, queries);
    if (options.isJson) {
      console.log(JSON.stringify({ stages: compared, wholeAudit: whole[0], queries, beyond }, null, 2));
    } else {
      print(stages, queries);
    }
    for (const text of beyond) say(text);
    return beyond.length === 0 ? 0 : 1;
  } finally {
    await runtime.close();
  }
};

try {
  const options = parseAgeOptions(process.argv.slice(2));
  const cluster = await startTestCluster();
  try {
    process.exitCode = await measure(cluster, options);
  } finally {
    await cluster.stop();
  }
} catch (error) {
  const isUsage = error instanceof AgeUsageError || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
  say(isUsage ? `${(error as Error).message}\n\n${AGE_USAGE}` : String((error as Error).stack ?? error));
  process.exitCode = isUsage ? 2 : 1;
}
