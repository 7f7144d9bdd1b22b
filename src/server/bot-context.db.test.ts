import { expect, it } from "vitest";
import { openBed } from "../../scripts/testing/open-bed";
import { decimal } from "~/trading/money";
import { createBotContexts } from "./bot-context";
import { beginCycle } from "./cycle/begin-cycle";
import type { Runtime } from "./runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "./testing/books-fixture";
import { claimSlot, planSlot, stagesOf, wishToEnter } from "./testing/cycle-fixture";
import { interceptStatements } from "./testing/intercept-statements";
import { memoryRules } from "./testing/memory-market";
import { recordMarkets } from "./venues/record-markets";

const PAIRS = ["BTC/USDT", "ETH/USDT"];

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));

const enterAt = async (fixture: BooksFixture, slot: number, botId = fixture.botId): Promise<void> => {
  const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}`, botId });
  for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
};

it("a bot trades by the venue's rules of now, also where they change between two of its cycles", async () => {
  const fixture = await createBooksFixture(runtime, { seed: 3, settings: { risk: { cooldownMinutes: 0 } } });
  const { botId, venueId } = fixture;
  await enterAt(fixture, FIRST_SLOT);
  await recordMarkets(runtime, venueId, [{ ...memoryRules("BTC/USDT"), tick: "0.5", lot: "0.25" }]);
  const sizeOf = async (): Promise<string[]> =>
    (await runtime.db.orderIntent.findMany({ where: { botId, purpose: "entry" }, orderBy: { intendedAt: "asc" } })).map(
      ({ quantity }) => decimal(quantity.toString()).mod("0.25").toFixed(),
    );
  let slot = FIRST_SLOT;
  while ((await sizeOf()).length < 2) await enterAt(fixture, (slot += HOUR_MS));
  const [before, after] = await sizeOf();
  expect(before).not.toBe("0");
  expect(after).toBe("0");
  const { markets } = await fixture.ports.contexts(botId, 1);
  expect(markets.map(({ rules }) => [rules.tick, rules.lot])).toEqual([["0.5", "0.25"]]);
});

it("a market that a bot first ordered in after it was last read is among those it holds", async () => {
  const fixture = await createBooksFixture(runtime, { pairs: PAIRS, settings: { pairs: ["BTC/USDT"] } });
  const { botId, ports } = fixture;
  const settings = { ...(await ports.contexts(botId, 1)).settings, pairs: ["ETH/USDT"] };
  await runtime.db.botSettings.create({ data: { botId, version: 2, settings } });
  const later = async () => {
    const { markets, heldMarkets } = await ports.contexts(botId, 2);
    return { markets: markets.map(({ rules }) => rules.pair), held: heldMarkets.map(({ rules }) => rules.pair) };
  };
  expect(await later()).toEqual({ markets: ["ETH/USDT"], held: [] });
  await enterAt(fixture, FIRST_SLOT);
  expect(await runtime.db.position.count({ where: { botId, closedAt: null } })).toBe(1);
  expect(await later()).toEqual({ markets: ["ETH/USDT"], held: ["BTC/USDT"] });
});

it("what a bot may spend is what it has now", async () => {
  const { botId, ports } = await createBooksFixture(runtime);
  expect((await ports.contexts(botId, 1)).initialCapital.toFixed()).toBe("10000");
  await runtime.db.bot.update({ where: { id: botId }, data: { allotment: "12000.5" } });
  expect((await ports.contexts(botId, 1)).initialCapital.toFixed()).toBe("12000.5");
});

it("a cycle keeps the context that it was begun with, and one that begins again reads anew", async () => {
  const { ports, botId } = await createBooksFixture(runtime);
  const begun = { botId, settingsVersion: 1, cycleId: ports.newId(), epoch: "1" };
  const context = await ports.contexts.ofCycle(begun);
  await runtime.db.bot.update({ where: { id: botId }, data: { allotment: "12000.5" } });
  expect(await ports.contexts.ofCycle(begun)).toBe(context);
  expect((await ports.contexts.ofCycle({ ...begun, epoch: "2" })).initialCapital.toFixed()).toBe("12000.5");
});

it("a cycle's context is read by the statement that begins it, and by none that begins nothing", async () => {
  const fixture = await createBooksFixture(runtime);
  const { botId } = fixture;
  const statements: string[] = [];
  const db = interceptStatements(runtime.db, (text, run) => {
    statements.push(text);
    return run();
  });
  const contexts = createBotContexts(db);
  await contexts.settingsOf(botId, 1);
  const cycleId = await planSlot(fixture, FIRST_SLOT);
  const begun = await beginCycle({ ...fixture.ports, db, contexts }, { botId, cycleId, holder: "run-1" });
  if (begun.outcome !== "begun") throw new Error("the cycle was not begun");
  const context = await contexts.ofCycle(begun.cycle);
  // The settings, what the begin is decided by, and the claim.
  expect(statements).toHaveLength(3);
  expect(context).toEqual(await fixture.ports.contexts(botId, 1));
  const other = { ...begun.cycle, epoch: "2" };
  expect(await contexts.ofBegin(other, () => Promise.resolve([]))).toBe(false);
  await contexts.ofCycle(other);
  expect(statements).toHaveLength(4);
});
