import { runAlone } from "../../scripts/postgres/run-alone";
import type { Runtime } from "../../src/server/runtime";
import { agingSql, pastCandlesSql, settleSql } from "../../src/server/testing/age-bot";
import { createBooksFixture, type BooksFixture } from "../../src/server/testing/books-fixture";
import { wishToEnter } from "../../src/server/testing/cycle-fixture";
import { PERMISSIVE, runHours } from "../../src/server/testing/run-hours";
import { fillBots } from "./fill-lists";

const PAIR = "BTC/USDT";
const POSTINGS = 10_000;
const POINTS = 20_000;

/** A user of many bots, one of which has many trades. */
export type Crowd = {
  readonly ports: BooksFixture["ports"];
  readonly userId: string;
  readonly busyBotId: string;
};

/** Makes a user of `bots` bots that have run, and one of them with so many closed trades and ten times as many cycles. */
export const openCrowd = async (
  runtime: Runtime,
  ownerUrl: string,
  { bots, trades }: { readonly bots: number; readonly trades: number },
): Promise<Crowd> => {
  const fixture = await createBooksFixture(runtime, { seed: 3, settings: { risk: PERMISSIVE } });
  const { botId, userId, venueId, ports } = fixture;
  await runHours(fixture, { hours: 12, wish: wishToEnter(fixture) });
  const { accountId } = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
  await fillBots(ownerUrl, { botId, accountId, userId }, bots - 1);
  const busyBotId = await fixture.addBot();
  const { id: marketId } = await runtime.db.market.findFirstOrThrow({ where: { venueId, pair: PAIR } });
  const past = { postings: POSTINGS, points: POINTS, trades };
  const sqls = [agingSql({ botId: busyBotId, marketId }, past), pastCandlesSql(marketId, trades), ...settleSql];
  for (const sql of sqls) await runAlone(ownerUrl, sql);
  return { ports, userId, busyBotId };
};
