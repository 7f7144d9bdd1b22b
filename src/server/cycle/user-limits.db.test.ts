import pg from "pg";
import { expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../scripts/testing/test-database";
import { sumOf } from "~/trading/money";
import { fromColumn } from "../db/amounts";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter, type Wish } from "../testing/cycle-fixture";
import { setUserLimits, type NewUserLimits } from "../users/set-user-limits";
import type { CycleRef } from "./cycle-ref";

const HANGS = { timeout: 240_000, interval: 20 };
const PAIRS = ["BTC/USDT", "ETH/USDT", "SOL/USDT"];
/** Prices that stand still: what is held changes by what is approved alone. */
const STILL = { pairs: PAIRS, volatility: 0, settings: { risk: { correlationMax: 1, entriesPerCycleMax: 3 } } };

let database: TestDatabase;
let runtime: Runtime;
openBed((bed) => ({ database, runtime } = bed));

const allow = (fixture: BooksFixture, limits: Omit<NewUserLimits, "email">) =>
  setUserLimits(runtime, { email: `${fixture.userId}@example.org`, ...limits });

const runStages = async (fixture: BooksFixture, cycle: CycleRef, wish: Wish, names?: readonly string[]) => {
  for (const { name, run } of stagesOf(fixture, wish)) if (!names || names.includes(name)) await run(cycle);
};
const UP_TO_GATE = ["read-market", "read-portfolio", "make-decisions"];
const GATE = ["apply-risk"];

const positionsOf = (fixture: BooksFixture) =>
  runtime.db.position.findMany({ where: { bot: { userId: fixture.userId }, closedAt: null } });
type Held = Readonly<Record<"quantity" | "mark", { toString(): string }>>;
const worth = (positions: readonly Held[]): number =>
  sumOf(positions.map(({ quantity, mark }) => fromColumn(quantity).times(fromColumn(mark)))).toNumber();

it.each([1, 2])(
  "bots of a user that decide at once never pass together what the user allows, and all their cycles end (user %i)",
  async (seed) => {
    const fixture = await createBooksFixture(runtime, { ...STILL, seed });
    const bots = [fixture.botId];
    while (bots.length < 8) bots.push(await fixture.addBot());
    await allow(fixture, { gross: "9000", sameSide: "6000" });
    const sideOf = (botId: string) => (bots.indexOf(botId) < 6 ? ("long" as const) : ("short" as const));
    for (const [round, pair] of PAIRS.entries()) {
      const slot = FIRST_SLOT + round * HOUR_MS;
      const cycles = [];
      for (const botId of bots) cycles.push(await claimSlot(fixture, slot, { holder: `run-${round}`, botId }));
      await Promise.all(
        cycles.map((cycle) => runStages(fixture, cycle, wishToEnter(fixture, pair, sideOf(cycle.botId)))),
      );
      const held = await positionsOf(fixture);
      expect(worth(held), "gross").toBeLessThanOrEqual(9000);
      expect(worth(held.filter(({ side }) => side === "long")), "long").toBeLessThanOrEqual(6000);
    }
    expect(worth(await positionsOf(fixture)), "and they use what they may").toBeGreaterThan(8500);
    const where = { bot: { userId: fixture.userId } };
    expect(
      await runtime.db.cycle.count({ where: { ...where, status: { not: "done" }, startedAt: { not: null } } }),
    ).toBe(0);
    const verdicts = await runtime.db.verdict.findMany({ where });
    const outcomes = new Set(verdicts.map(({ outcome, rule }) => `${outcome} ${rule}`));
    expect([...outcomes]).toEqual(expect.arrayContaining(["approved null", "resized user-same-side"]));
    expect(verdicts.every(({ userSums }) => userSums !== null)).toBe(true);
    const approvals = verdicts.filter(({ outcome }) => outcome !== "rejected").length;
    // One more: the limits were set.
    expect(await runtime.db.userRisk.findUniqueOrThrow({ where: { userId: fixture.userId } })).toMatchObject({
      version: BigInt(approvals + 1),
    });
  },
  120_000,
);

/** A session that holds the user's row. */
const holdUser = async (fixture: BooksFixture): Promise<pg.Client> => {
  const other = new pg.Client({ connectionString: database.url });
  other.on("error", () => undefined);
  await other.connect();
  await other.query("BEGIN");
  await other.query("SELECT 1 FROM user_risk WHERE user_id = $1 FOR UPDATE", [fixture.userId]);
  return other;
};
const untilOneWaits = () =>
  vi.waitFor(async () => {
    const rows = await runtime.db.$queryRaw<unknown[]>`
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    expect(rows).toHaveLength(1);
  }, HANGS);

it("limits that are set while an approval waits for the user's row bind it: it is judged anew", async () => {
  const fixture = await createBooksFixture(runtime, STILL);
  const wish = wishToEnter(fixture);
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
  await runStages(fixture, cycle, wish, UP_TO_GATE);
  const other = await holdUser(fixture);
  const judged = runStages(fixture, cycle, wish, GATE);
  await untilOneWaits();
  await other.query("UPDATE user_risk SET gross_notional_max = 400, version = version + 1 WHERE user_id = $1", [
    fixture.userId,
  ]);
  await other.query("COMMIT");
  await other.end();
  await judged;
  const [verdict] = await runtime.db.verdict.findMany({ where: { botId: fixture.botId } });
  expect(verdict).toMatchObject({ outcome: "resized", rule: "user-gross", userSums: { gross: "0", loss: "0" } });
});

it("a holder of the user's row that is killed leaves nothing locked", async () => {
  const fixture = await createBooksFixture(runtime, STILL);
  await allow(fixture, { gross: "5000" });
  const wish = wishToEnter(fixture);
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
  await runStages(fixture, cycle, wish, UP_TO_GATE);
  const other = await holdUser(fixture);
  const judged = runStages(fixture, cycle, wish, GATE);
  await untilOneWaits();
  (other as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  await judged;
  expect(await runtime.db.verdict.count({ where: { botId: fixture.botId, outcome: "approved" } })).toBe(1);
});

it("an exit neither waits for the user's row nor is refused by what the user allows", async () => {
  const fixture = await createBooksFixture(runtime, STILL);
  const first = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
  await runStages(fixture, first, wishToEnter(fixture));
  await allow(fixture, { gross: "0.01", sameSide: "0.01", dailyLoss: "0.01" });
  const close: Wish = (slot) =>
    wishToEnter(fixture)(slot).map((decision) => ({ ...decision, action: "close", side: null, sizeFraction: null }));
  const cycle = await claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run-2" });
  const other = await holdUser(fixture);
  await runStages(fixture, cycle, close);
  await other.query("ROLLBACK");
  await other.end();
  expect(await positionsOf(fixture)).toEqual([]);
});

it("once all bots together have lost the user's limit of a day, none of them enters", async () => {
  const fixture = await createBooksFixture(runtime, STILL);
  const loser = await fixture.addBot();
  const lost = await claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run-1", botId: loser });
  await runStages(fixture, lost, wishToEnter(fixture));
  // It paid its fee.
  await allow(fixture, { dailyLoss: "0.2" });
  const cycle = await claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run-2" });
  await runStages(fixture, cycle, wishToEnter(fixture));
  const [verdict] = await runtime.db.verdict.findMany({ where: { botId: fixture.botId } });
  expect(verdict).toMatchObject({ outcome: "rejected", rule: "user-daily-loss" });
});

it("counts the legs that another bot's entry has still to come, as long as that bot may enter them", async () => {
  const dca = { legs: [{ againstFraction: 0.005, share: 0.5 }] };
  const risk = { ...STILL.settings.risk, rewardToRiskMin: 0.5 };
  const fixture = await createBooksFixture(runtime, { ...STILL, settings: { risk, dca } });
  const [first, second] = [fixture.botId, await fixture.addBot()];
  await allow(fixture, { gross: "1000" });
  const enter = async (botId: string, slot: number) => {
    const cycle = await claimSlot(fixture, slot, { holder: `run-${botId}`, botId });
    await runStages(fixture, cycle, wishToEnter(fixture));
    return runtime.db.verdict.findFirstOrThrow({ where: { botId }, orderBy: { slot: "desc" } });
  };
  await enter(first, FIRST_SLOT);
  const held = worth(await positionsOf(fixture));
  expect(held, "half of the plan").toBeLessThan(400);
  const { notional } = await runtime.db.orderIntent.findFirstOrThrow({ where: { botId: first } });
  expect(Number(notional), "until it was filled, the whole of it").toBeGreaterThan(held * 1.9);
  const { userSums } = await enter(second, FIRST_SLOT);
  expect(Number((userSums as { gross: string }).gross), "the whole of it").toBeGreaterThan(held * 1.9);
  const changes = [
    { tradingState: "reducing" as const },
    { tradingState: "active" as const, status: "paused" as const },
  ];
  for (const [index, data] of changes.entries()) {
    await runtime.db.bot.update({ where: { id: first }, data });
    const { userSums: later } = await enter(second, FIRST_SLOT + (index + 1) * HOUR_MS);
    expect(Number((later as { gross: string }).gross)).toBeCloseTo(held, 6);
  }
});
