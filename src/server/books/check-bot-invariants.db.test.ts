import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../scripts/testing/test-database";
import { guardBot } from "../cycle/guard-positions";
import { createDatabase, type Database } from "../db/client";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { BREACHES, LAST, plantInBooks } from "../testing/planted-breaches";
import { checkBotInvariants } from "./check-bot-invariants";

let database: TestDatabase;
let runtime: Runtime;
let owner: Database;
let fixture: BooksFixture;
openBed((bed) => ({ database, runtime } = bed));
beforeAll(async () => {
  owner = createDatabase({ url: database.ownerUrl, poolMax: 1 });
});
afterAll(() => owner.$disconnect());

/** Three cycles of a bot that entered in the first one and holds its position. */
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { volatility: 0.0003 });
  for (let slot = FIRST_SLOT; slot <= LAST; slot += HOUR_MS) {
    const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
    for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
  }
});

const check = () => checkBotInvariants(fixture.ports, { botId: fixture.botId, settingsVersion: 1, at: LAST });

const plant = (statement: string) => plantInBooks(owner, fixture.botId, statement);

describe("books as the cycles leave them", () => {
  it("break nothing, and the outcome is recorded once per slot", async () => {
    expect(await runtime.db.position.count({ where: { botId: fixture.botId, closedAt: null } })).toBe(1);
    expect(await check()).toEqual([]);
    expect(await check()).toEqual([]);
    const checks = await runtime.db.invariantCheck.findMany({ where: { botId: fixture.botId } });
    expect(checks.map(({ at, broken, checked }) => ({ at: at.getTime(), broken, checked }))).toEqual([
      { at: LAST, broken: [], checked: 10 },
    ]);
  });

  it("break nothing either when the guard closed a position since the last equity point", async () => {
    for (const [pair, candles] of fixture.market.candles) {
      const fallen = candles.map((candle) => {
        if (candle.openTime < LAST) return candle;
        const { open, high, low, close } = candle;
        return { ...candle, open: open * 0.9, high: high * 0.9, low: low * 0.9, close: close * 0.9 };
      });
      fixture.market.candles.set(pair, fallen);
    }
    fixture.setTime(LAST + 900_000);
    expect(await guardBot(fixture.ports, { botId: fixture.botId, settingsVersion: 1 })).toBe(1);
    expect(await check()).toEqual([]);
  });
});

describe("whether a position may stand without a stop", () => {
  const TO_HOLD = { mode: "buy-and-hold", decision: {} };

  /** Gives the bot settings as its next version, as they are stored, and returns that version. */
  const change = async (changes: Readonly<Record<string, unknown>>): Promise<number> => {
    const { botId } = fixture;
    const { settingsVersion } = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
    const common = { pairs: ["BTC/USDT"], marketType: "swap", intervalSeconds: 3600, ...changes };
    const version = settingsVersion + 1;
    await runtime.db.botSettings.create({ data: { botId, version, settings: common } });
    await runtime.db.bot.update({ where: { id: botId }, data: { settingsVersion: version } });
    return version;
  };
  const faultsUnder = async (settingsVersion: number) => {
    const { botId, ports } = fixture;
    const broken = await checkBotInvariants(ports, { botId, settingsVersion, at: LAST });
    return broken.filter(({ invariant }) => invariant === "I6");
  };

  it.each([
    ["at its mark, and waits for the next candle", "marked_at", []],
    ["before its mark, and was not closed", "marked_at - interval '1 ms'", ["I6"]],
  ])("with a stop that was moved beyond the mark %s", async (_when, at, broken) => {
    await plant(`UPDATE positions SET stop_loss = mark * 1.01, exit_plan = exit_plan ||
      jsonb_build_object('stopMovedAt', (extract(epoch FROM ${at}) * 1000)::bigint) WHERE bot_id = $bot`);
    expect((await check()).map(({ invariant }) => invariant)).toEqual(broken);
  });

  it("is not changed by a later version that makes the bot the control", async () => {
    const later = await change(TO_HOLD);
    await plant("UPDATE positions SET stop_loss = NULL, take_profit = NULL WHERE bot_id = $bot");
    expect([await faultsUnder(1), await faultsUnder(later)]).toMatchObject([[{ invariant: "I6" }], [{}]]);
  });

  it.each([
    ["it is named today", TO_HOLD],
    ["an earlier release named it", { mode: "hold", hold: { timeframe: "1h", investedFraction: 0.5 } }],
  ])("is not changed by a later version that ends the control, as %s", async (_how, control) => {
    const opening = await change(control);
    await plant(
      `UPDATE positions SET stop_loss = NULL, take_profit = NULL, settings_version = ${opening} WHERE bot_id = $bot`,
    );
    const later = await change({ mode: "trinity" });
    expect([await faultsUnder(opening), await faultsUnder(later)]).toEqual([[], []]);
  });
});

describe("a planted breach is found:", () => {
  it("in orders of a later day than the slot that the books are judged at", async () => {
    await plant("UPDATE order_intents SET leverage = 9 WHERE bot_id = $bot");
    const earlier = { botId: fixture.botId, settingsVersion: 1, at: FIRST_SLOT - HOUR_MS };
    expect((await checkBotInvariants(fixture.ports, earlier)).map(({ invariant }) => invariant)).toContain("I9");
  });

  it.each(BREACHES)("%s (%s)", async (_what, invariant, says, statement) => {
    await plant(statement);
    const broken = await check();
    expect(broken).toContainEqual({ invariant, text: expect.stringMatching(says) as string });
    const recorded = await runtime.db.invariantCheck.findFirstOrThrow({ where: { botId: fixture.botId } });
    expect(recorded.broken).toEqual(broken);
  });
});
