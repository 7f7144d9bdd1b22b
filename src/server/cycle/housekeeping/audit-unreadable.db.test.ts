import { expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT } from "../../testing/books-fixture";
import { claimSlot, stagesOf } from "../../testing/cycle-fixture";
import { auditPage } from "./audit-books";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));

it("the hourly audit goes on past a bot whose settings this release cannot read, and does not halt it", async () => {
  const fixture = await createBooksFixture(runtime);
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
  for (const stage of stagesOf(fixture, null)) await stage.run(cycle);
  const point = await runtime.db.equityPoint.findFirstOrThrow();
  const others = [await fixture.addBot(), await fixture.addBot()];
  for (const botId of others) await runtime.db.equityPoint.create({ data: { ...point, botId } });
  await runtime.db.botSettings.create({ data: { botId: fixture.botId, version: 9, settings: { mode: "gone" } } });
  await runtime.db.bot.update({ where: { id: fixture.botId }, data: { settingsVersion: 9 } });

  await auditPage(fixture.ports, FIRST_ID);
  const checked = await runtime.db.invariantCheck.findMany({ orderBy: { botId: "asc" } });
  expect(checked.map(({ botId }) => botId)).toEqual(others.toSorted());
  expect(await runtime.db.bot.findUnique({ where: { id: fixture.botId } })).toMatchObject({ tradingState: "active" });
});
