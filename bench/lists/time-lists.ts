import { BOT_SORTS, DECISION_FILTERS, ORDERS, TRADE_SORTS } from "../../src/contracts/choices";
import { callerFor } from "../../src/server/testing/page-queries";
import { LEDGER_ACCOUNTS } from "../../src/trading/portfolio/ledger";
import { quantile } from "../quantile";
import type { Crowd } from "./open-crowd";

/** First rows of any list are there by then. */
export const LIST_MS_MAX = 300;
/** The second page is asked for too: it begins somewhere. */
const PAGES = ["first", "next"] as const;

export type ListFigures = {
  readonly list: string;
  readonly page: (typeof PAGES)[number] | "whole";
  readonly p50: number;
  readonly p95: number;
};

type Answer = { readonly nextCursor: string | null };
type List = (cursor: string | null) => Promise<Answer>;
type Caller = Awaited<ReturnType<typeof callerFor>>;

/** Every list of the user's bots and of the busy one, in each sorting and choice. */
const listsOf = (caller: Caller, botId: string): Readonly<Record<string, List>> => {
  const bots = BOT_SORTS.flatMap((sort) =>
    ORDERS.map((order): [string, List] => [
      `bots by ${sort} ${order}`,
      (cursor) => caller.bots.list({ sort, order, cursor }),
    ]),
  );
  const trades = TRADE_SORTS.flatMap((sort) =>
    ORDERS.map((order): [string, List] => [
      `trades by ${sort} ${order}`,
      (cursor) => caller.bots.trades({ botId, sort, order, cursor }),
    ]),
  );
  const decisions = DECISION_FILTERS.map((filter): [string, List] => [
    `decisions ${filter}`,
    (cursor) => caller.bots.decisions({ botId, filter, cursor }),
  ]);
  const ledger = LEDGER_ACCOUNTS.map((account): [string, List] => [
    `ledger ${account}`,
    (cursor) => caller.ledger.list({ botId, account, cursor }),
  ]);
  return Object.fromEntries<List>([
    ...bots,
    ["bots named 0999", (cursor) => caller.bots.list({ text: "0999", cursor })],
    ["bots stopped, by equity", (cursor) => caller.bots.list({ status: "stopped", sort: "equity", cursor })],
    ...trades,
    ["trades won, by net", (cursor) => caller.bots.trades({ botId, sort: "net", result: "won", cursor })],
    ["trades short, by close", (cursor) => caller.bots.trades({ botId, side: "short", cursor })],
    ["cycles", (cursor) => caller.bots.cycles({ botId, cursor })],
    ...decisions,
    ["ledger", (cursor) => caller.ledger.list({ botId, cursor })],
    ...ledger,
  ]);
};

const timesOf = async (work: () => Promise<unknown>, rounds: number): Promise<number[]> => {
  const times: number[] = [];
  // The first answer finds everything cold.
  await work();
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times.toSorted((one, other) => one - other);
};

const describe = (list: string, page: ListFigures["page"], times: readonly number[]): ListFigures => ({
  list,
  page,
  p50: quantile(times, 0.5),
  p95: quantile(times, 0.95),
});

/** How long whole answers take, ms, by list, sorting and page: those of the API, and so longer than first rows. */
export const timeLists = async ({ ports, userId, busyBotId }: Crowd, rounds: number): Promise<ListFigures[]> => {
  const caller = await callerFor(ports, userId);
  const figures: ListFigures[] = [];
  for (const [name, list] of Object.entries(listsOf(caller, busyBotId))) {
    figures.push(describe(name, "first", await timesOf(() => list(null), rounds)));
    const { nextCursor } = await list(null);
    if (nextCursor !== null) figures.push(describe(name, "next", await timesOf(() => list(nextCursor), rounds)));
  }
  const totals = await timesOf(() => caller.bots.totals(), rounds);
  return [...figures, describe("totals of all bots", "whole", totals)];
};

/** The lists that are slower than they may be: by medians, since one slow answer tells of the machine. */
export const findSlow = (figures: readonly ListFigures[]): string[] =>
  figures.flatMap(({ list, page, p50 }) => (p50 > LIST_MS_MAX ? [`${list}, ${page} page: ${p50.toFixed(0)} ms`] : []));
