import { beforeAll, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { checkBotInvariants } from "../books/check-bot-invariants";
import { lookAtPage } from "../looks/look-at-page";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, expireLease, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { editSettings } from "../testing/edit-fixture";
import { guardOnly } from "../testing/guard-only";
import { shiftMarket } from "../testing/shift-market";
import { FIRST_ID, LENGTH_MS, runSlot, TOLD_AT } from "../testing/told-fixture";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
const FALL_AT = FIRST_SLOT + 2 * HOUR_MS + 2 * LENGTH_MS;

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed), { poolMax: 10 });

const botOf = ({ botId }: BooksFixture) => runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });

/** Every slot until the fall: looked at, run where the look wants it. */
const liveUntilFall = async (fixture: BooksFixture): Promise<void> => {
  for (let bot = await botOf(fixture); bot.nextDue && bot.nextDue.getTime() < FALL_AT; bot = await botOf(fixture)) {
    const slot = bot.nextDue.getTime();
    fixture.setTime(slot);
    await lookAtPage(fixture.ports, { venueId: fixture.venueId, slot, after: FIRST_ID });
    const due = await runtime.db.cycle.findFirst({ where: { botId: fixture.botId, status: "due" } });
    if (due) await runSlot(fixture, slot, () => []);
  }
};

/** A cycle that dies with the bot in hand, while the market falls below the stop. */
const dieInFall = async (fixture: BooksFixture): Promise<void> => {
  const { nextDue } = await botOf(fixture);
  const slot = nextDue?.getTime() ?? 0;
  shiftMarket(fixture, FALL_AT, 0.95);
  fixture.setTime(FALL_AT + 2 * LENGTH_MS);
  await guardOnly(fixture.ports, fixture.botId);
  const cycle = await claimSlot(fixture, slot, { holder: "dies" });
  for (const stage of stagesOf(fixture, () => []).slice(0, 2)) await stage.run(cycle);
  await expireLease(fixture);
  await guardOnly(fixture.ports, fixture.botId);
};

/** Opens by version 1, is edited, and lives on until its stop is reached; its trade, and what is wrong with its books. */
const liveOn = async (second: Readonly<Record<string, unknown>> | null) => {
  const fixture = await createBooksFixture(runtime, { pairs: PAIRS, volatility: 0.0001 });
  const { botId } = fixture;
  await runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));
  const opened = await runtime.db.position.findFirstOrThrow({ where: { botId } });
  fixture.setTime(TOLD_AT);
  if (second) expect(await editSettings(fixture, second)).toBe(2);
  await liveUntilFall(fixture);
  const kept = await runtime.db.position.findUniqueOrThrow({ where: { id: opened.id } });
  expect(kept).toMatchObject({ settingsVersion: 1, closedAt: null, exitPlan: opened.exitPlan });
  expect([kept.stopLoss?.toFixed(), kept.takeProfit?.toFixed()]).toEqual([
    opened.stopLoss?.toFixed(),
    opened.takeProfit?.toFixed(),
  ]);
  await dieInFall(fixture);
  const trade = await runtime.db.trade.findUnique({ where: { positionId: opened.id } });
  const { settingsVersion } = await botOf(fixture);
  const at = FALL_AT + 2 * LENGTH_MS;
  const broken = await checkBotInvariants(fixture.ports, { botId, settingsVersion, at });
  return {
    trade: trade && { at: trade.exitedAt, price: trade.exitPrice.toFixed(), reason: trade.exitReason },
    broken: broken.filter(({ invariant, text }) => invariant !== "I7" || !text.includes("never ended")),
  };
};

let alone: Awaited<ReturnType<typeof liveOn>>;
beforeAll(async () => {
  alone = await liveOn(null);
});

it("a position whose bot is not edited leaves at its stop", () => {
  expect(alone).toMatchObject({ trade: { at: new Date(FALL_AT), reason: "stop-loss" }, broken: [] });
});

it.each<[what: string, second: Readonly<Record<string, unknown>>]>([
  ["its pair is removed", { pairs: ["ETH/USDT"] }],
  ["its mode is changed", { mode: "indicator", decision: {} }],
  [
    "its mode becomes the control, and its pair is removed",
    { mode: "buy-and-hold", decision: {}, pairs: ["ETH/USDT"] },
  ],
  ["slots come more often", { intervalSeconds: 900 }],
  ["slots come less often", { intervalSeconds: 7200 }],
  ["decisions are made on another timeframe", { decision: { timeframe: "4h" } }],
  ["limits are lowered below what it holds", { risk: { openPositionsMax: 1, longLeverageMax: 1, tradesPerDayMax: 1 } }],
  ["exits are set", { exits: { breakEven: { fromFraction: 0.001 }, timeExitMinutes: 30 } }],
])("a position leaves at its own stop, at the same price, where %s", async (_, second) => {
  expect(await liveOn(second)).toEqual(alone);
});
