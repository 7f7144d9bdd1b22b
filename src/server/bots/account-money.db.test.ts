import pg from "pg";
import { expect, it } from "vitest";
import { openBed, type Bed } from "../../../scripts/testing/open-bed";
import { decimal } from "~/trading/money";
import { createBooksFixture } from "../testing/books-fixture";
import { wishToEnter } from "../testing/cycle-fixture";
import { PERMISSIVE, runHours } from "../testing/run-hours";
import { getBotTotals } from "../views/bots/get-bot-totals";
import { readPaperAccounts } from "./account-money";

let bed: Bed;
openBed((opened) => (bed = opened));

it("counts a bot by its books, where its last mark is older than its last close, also when it is archived", async () => {
  const { db } = bed.runtime;
  const fixture = await createBooksFixture(bed.runtime, { seed: 3, settings: { risk: PERMISSIVE } });
  await runHours(fixture, { hours: 6, wish: wishToEnter(fixture) });
  const { accountId, allotment } = await db.bot.findUniqueOrThrow({ where: { id: fixture.botId } });
  await db.account.update({ where: { id: accountId }, data: { capital: allotment } });
  const { equity } = await getBotTotals({ db }, fixture.userId);
  // As if its last close had come after the mark.
  const owner = new pg.Client({ connectionString: bed.database.ownerUrl });
  await owner.connect();
  await owner.query("UPDATE equity_memories SET equity = equity + 7 WHERE bot_id = $1", [fixture.botId]);
  await owner.end();
  const freeOf = async () => (await readPaperAccounts(db, fixture.userId))[0]?.free?.toString();
  expect(equity).not.toBe(allotment.toString());
  expect(await freeOf()).toBe("0");
  await db.bot.update({ where: { id: fixture.botId }, data: { status: "archived", nextDue: null } });
  expect(await freeOf()).toBe(decimal(equity ?? NaN).toString());
});
