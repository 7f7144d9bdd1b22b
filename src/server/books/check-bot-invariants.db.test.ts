import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../scripts/testing/test-database";
import { guardBot } from "../cycle/guard-positions";
import { createDatabase, type Database } from "../db/client";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
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

const LAST = FIRST_SLOT + 2 * HOUR_MS;
/** Three cycles of a bot that entered in the first one and holds its position. */
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { volatility: 0.0003 });
  for (let slot = FIRST_SLOT; slot <= LAST; slot += HOUR_MS) {
    const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
    for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
  }
});

const check = () => checkBotInvariants(fixture.ports, { botId: fixture.botId, settingsVersion: 1, at: LAST });

/** Writes past triggers and foreign keys, as broken code or a careless hand could. `$bot` stands for the bot's id. */
const plant = (statement: string) =>
  owner.$transaction([
    owner.$executeRawUnsafe("SET LOCAL session_replication_role = replica"),
    owner.$executeRawUnsafe(statement.replaceAll("$bot", `'${fixture.botId}'::uuid`)),
  ]);

const iso = (time: number): string => `'${new Date(time).toISOString()}'`;

/** What was written, what must be found, and in which words. */
const BREACHES: readonly [string, string, RegExp, string][] = [
  [
    "a ledger line that was changed",
    "I1",
    /does not sum to zero/,
    "UPDATE ledger_entries SET amount = amount + 0.00000001 WHERE bot_id = $bot AND account = 'fees'",
  ],
  [
    "margin that no position holds",
    "I1",
    /^margin of positions/,
    "UPDATE positions SET margin = margin - 1 WHERE bot_id = $bot",
  ],
  [
    "an equity point that was embellished",
    "I1",
    /its point says/,
    `UPDATE equity_points SET equity = equity + 1, cash = cash + 1, peak = peak + 1 WHERE bot_id = $bot AND at = ${iso(LAST)}`,
  ],
  [
    "equity that came from nowhere",
    "I2",
    /without a reason/,
    `UPDATE equity_points SET equity = equity - 1, cash = cash - 1 WHERE bot_id = $bot AND at = ${iso(LAST - HOUR_MS)}`,
  ],
  [
    "the smallest amount that came from nowhere",
    "I2",
    /moved by 0\.00000001 without a reason/,
    `UPDATE equity_points SET equity = equity - 0.00000001, cash = cash - 0.00000001 WHERE bot_id = $bot AND at = ${iso(LAST - HOUR_MS)}`,
  ],
  [
    "a position that is larger than its fills",
    "I3",
    /fills say/,
    "UPDATE positions SET quantity = quantity * 2 WHERE bot_id = $bot",
  ],
  [
    "a position whose price is not that of its fills",
    "I3",
    /average price/,
    "UPDATE positions SET entry_price = entry_price + 0.01 WHERE bot_id = $bot",
  ],
  [
    "an order that says less than its fills",
    "I5",
    /disagrees with its fills/,
    "UPDATE orders SET status = 'partiallyFilled', filled_quantity = orders.quantity / 2 FROM order_intents i WHERE i.id = intent_id AND i.bot_id = $bot",
  ],
  [
    "a fill that nobody ordered",
    "I5",
    /disagrees with its fills/,
    "UPDATE fills SET quantity = fills.quantity * 2 FROM positions p WHERE p.id = position_id AND p.bot_id = $bot",
  ],
  [
    "an open position without a stop",
    "I6",
    /no stop/,
    "UPDATE positions SET stop_loss = NULL, take_profit = NULL WHERE bot_id = $bot",
  ],
  [
    "a slot that was lost",
    "I7",
    /are recorded/,
    `DELETE FROM cycles WHERE bot_id = $bot AND slot = ${iso(LAST - HOUR_MS)}`,
  ],
  [
    "a past slot that never ended",
    "I7",
    /never ended/,
    `UPDATE cycles SET status = 'due', ended_at = NULL WHERE bot_id = $bot AND slot = ${iso(LAST - HOUR_MS)}`,
  ],
  [
    "a past slot that still runs",
    "I7",
    /never ended/,
    `UPDATE cycles SET status = 'running', ended_at = NULL WHERE bot_id = $bot AND slot = ${iso(LAST - HOUR_MS)}`,
  ],
  [
    "a lease that lags behind its cycles",
    "I8",
    /the lease/,
    "UPDATE bot_leases SET epoch = epoch - 1 WHERE bot_id = $bot",
  ],
  ["two cycles of one epoch", "I8", /used twice/, "UPDATE cycles SET epoch = 1 WHERE bot_id = $bot"],
  [
    "an entry beyond the leverage limit",
    "I9",
    /has leverage/,
    "UPDATE order_intents SET leverage = 9 WHERE bot_id = $bot",
  ],
  [
    "an entry that the gate had refused",
    "I9",
    /was not let pass/,
    "UPDATE verdicts SET outcome = 'rejected', rule = 'spread' FROM decisions d JOIN order_intents i ON i.decision_id = d.id WHERE d.id = verdicts.decision_id AND i.bot_id = $bot",
  ],
  [
    "an entry that passed though a check of it failed",
    "I9",
    /was not let pass/,
    `UPDATE verdicts SET checks = jsonb_set(checks, '{0,outcome}', '"fail"') FROM order_intents i WHERE i.decision_id = verdicts.decision_id AND i.bot_id = $bot`,
  ],
  [
    "a balance that is kept wrong by the last digit",
    "I15",
    /^cash in USDT is kept as /,
    "UPDATE bot_balances SET amount = amount + 0.000000000000000001 WHERE bot_id = $bot AND account = 'cash'",
  ],
  [
    "a peak that is kept and no point has",
    "I15",
    /^the peak is kept as /,
    "UPDATE equity_memories SET peak = peak + 1 WHERE bot_id = $bot",
  ],
  [
    "a point that was dropped though the day's low is kept of it",
    "I15",
    /^the (low|start) of the day is kept as /,
    `DELETE FROM equity_points WHERE bot_id = $bot AND at = ${iso(FIRST_SLOT)}`,
  ],
  [
    "totals of trades that nobody made",
    "I15",
    /^trades is kept as 0, and comes to none$/,
    `INSERT INTO trade_totals VALUES ($bot, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ${iso(LAST)})`,
  ],
];

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
  it.each(BREACHES)("%s (%s)", async (_what, invariant, says, statement) => {
    await plant(statement);
    const broken = await check();
    expect(broken).toContainEqual({ invariant, text: expect.stringMatching(says) as string });
    const recorded = await runtime.db.invariantCheck.findFirstOrThrow({ where: { botId: fixture.botId } });
    expect(recorded.broken).toEqual(broken);
  });
});
