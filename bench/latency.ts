/**
 * Measures the time from the commit of a cycle's end until a page shows it, while the demo runs at its usual speed with
 * two pages open: npm run -s bench:latency [-- --events 100]
 */
import { parseArgs } from "node:util";
import type { Page } from "@playwright/test";
import { withDatabase } from "../e2e/support/demo-database";
import { FAST_BOT } from "../e2e/support/demo-ids";
import { waitUntil } from "../scripts/postgres/wait-until";
import { browseDemo } from "./browse-demo";
import { followCommits, type CycleEnd } from "./follow-commits";
import { openProbed, readShown } from "./probe-page";
import { quantile } from "./quantile";

const EVENTS = 100;
const BUDGET = "budget p50 300 ms, p99 1000 ms";
/** The fast bot ends a cycle every 2.5 s. */
const EVENT_MS_MAX = 10_000;
/** Time for the last event to reach the pages. */
const REST_MS = 3000;

const { values } = parseArgs({ options: { events: { type: "string", default: String(EVENTS) } } });
const wanted = Number(values.events);
if (!Number.isInteger(wanted) || wanted < 1) throw new Error("--events must be a whole number from 1 on");

/** A page that skips an event and shows a later one of the bot counts as showing both at that time. */
const delays = (ends: readonly CycleEnd[], shownAt: (end: CycleEnd) => number | undefined): number[] => {
  const found: number[] = [];
  let later = Number.POSITIVE_INFINITY;
  for (const end of ends.toReversed()) {
    later = Math.min(later, shownAt(end) ?? Number.POSITIVE_INFINITY);
    if (Number.isFinite(later)) found.push(later - end.committedAt);
  }
  return found.toSorted((first, second) => first - second);
};

const say = (place: string, ends: readonly CycleEnd[], ms: readonly number[]): void => {
  const figures = [0.5, 0.9, 0.99, 1].map((share) => quantile(ms, share).toFixed(0).padStart(6)).join("");
  console.log(`${place.padEnd(26)} ${String(ms.length).padStart(5)} of ${String(ends.length).padEnd(5)}${figures}`);
};

/** Only an equity that is not already on the page can be seen to appear. */
const report = async (bot: Page, overview: Page, ends: readonly CycleEnd[]): Promise<void> => {
  const [onBot, onOverview] = [await readShown(bot), await readShown(overview)];
  const fresh = ends.filter(({ equity, committedAt }, index) => {
    const isTwice = ends.slice(0, index).some((earlier) => earlier.equity === equity);
    return equity !== null && !isTwice && (onOverview.amounts[equity] ?? Infinity) >= committedAt;
  });
  console.log(`\ncommit to screen, ms              shown     p50   p90   p99   max   (${BUDGET})`);
  say(
    "bot page: cycle ended",
    ends,
    delays(ends, ({ cycleId }) => onBot.cycles[cycleId]),
  );
  say(
    "overview: new equity",
    fresh,
    delays(fresh, ({ equity }) => onOverview.amounts[equity ?? ""]),
  );
};

await browseDemo(async ({ product, context }) => {
  const databaseUrl = product.databaseUrl();
  const botId = await withDatabase(databaseUrl, ({ waitFor }) =>
    waitFor("the fast bot", "SELECT id FROM bots WHERE name = $1", FAST_BOT),
  );
  const [bot, overview] = [await context.newPage(), await context.newPage()];
  await openProbed(bot, `/bots/${botId}`);
  await openProbed(overview, "/overview");
  const ends: CycleEnd[] = [];
  const stop = await followCommits(databaseUrl, (end) => void (end.botId === botId && ends.push(end)));
  const isEnough = await waitUntil(() => ends.length >= wanted, wanted * EVENT_MS_MAX);
  await stop();
  if (!isEnough) throw new Error(`only ${ends.length} of ${wanted} cycles ended in time`);
  await waitUntil(() => false, REST_MS);
  await report(bot, overview, ends);
});
