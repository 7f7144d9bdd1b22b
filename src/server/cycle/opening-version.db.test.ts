import { beforeAll, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { botSettingsSchema } from "~/trading/bot-settings";
import { decimal } from "~/trading/money";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { beginSlot, stagesOf, wishToEnter, type Wish } from "../testing/cycle-fixture";
import { memoryRules } from "../testing/memory-market";
import { PERMISSIVE } from "../testing/run-hours";
import { recordMarkets } from "../venues/record-markets";

const HOURS = 30;
const FIRST = { pairs: ["BTC/USDT"], decision: { exitOnRsi: true, exitOnSupertrend: true, exitOnSma200: true } };
const RISK = { ...PERMISSIVE, correlationMax: 1, positionMarginMax: 1, totalMarginMax: 1 };

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));

const runHour = async (fixture: BooksFixture, hour: number, wish: Wish = null): Promise<void> => {
  const begun = await beginSlot(fixture, FIRST_SLOT + hour * HOUR_MS, { holder: `run-${hour}` });
  if (begun.outcome !== "begun") throw new Error(JSON.stringify(begun));
  for (const stage of stagesOf(fixture, wish)) await stage.run(begun.cycle);
};

/** A decision whose stop and target are too far away to be reached, so only the mode closes the position. */
const wishFar =
  (fixture: BooksFixture): NonNullable<Wish> =>
  (slot) =>
    wishToEnter(fixture)(slot).map((decision) => ({
      ...decision,
      stopLoss: decimal(decision.entryPrice ?? 0)
        .times(0.9)
        .toFixed(2),
      takeProfit: decimal(decision.entryPrice ?? 0)
        .times(1.4)
        .toFixed(2),
    }));

/** Makes the bot trade by version 2 of its settings. */
const changeSettings = async (botId: string, second: Readonly<Record<string, unknown>>): Promise<void> => {
  const settings = botSettingsSchema.parse({ ...FIRST, intervalSeconds: 3600, risk: RISK, ...second });
  await runtime.db.botSettings.create({ data: { botId, version: 2, settings } });
  await runtime.db.bot.update({ where: { id: botId }, data: { settingsVersion: 2 } });
};

/** Opens by version 1, runs on with the given settings, and returns the bot's first BTC trade. */
const liveOn = async (second: Readonly<Record<string, unknown>> | null) => {
  const options = { pairs: ["BTC/USDT", "ETH/USDT"], settings: { ...FIRST, risk: RISK } };
  const fixture = await createBooksFixture(runtime, options);
  const { botId } = fixture;
  await runHour(fixture, 0, wishFar(fixture));
  const opened = await runtime.db.position.findFirstOrThrow({ where: { botId } });
  expect(opened).toMatchObject({ settingsVersion: 1, closedAt: null });
  if (second) await changeSettings(botId, second);
  for (let hour = 1; hour <= HOURS; hour += 1) await runHour(fixture, hour);
  const trade = await runtime.db.trade.findUnique({ where: { positionId: opened.id } });
  const later = await runtime.db.position.findMany({ where: { botId, id: { not: opened.id } } });
  const plan = (await runtime.db.position.findUniqueOrThrow({ where: { id: opened.id } })).exitPlan;
  expect(plan).toEqual(opened.exitPlan);
  return { trade: trade && { at: trade.exitedAt, price: trade.exitPrice.toFixed(), reason: trade.exitReason }, later };
};

const NO_EXITS = { exitOnRsi: false, exitOnSupertrend: false, exitOnSma200: false };

let alone: Awaited<ReturnType<typeof liveOn>>;
beforeAll(async () => {
  alone = await liveOn(null);
});

it.each([
  ["switches its exits off", { decision: NO_EXITS }, 0],
  ["drops the pair", { pairs: ["ETH/USDT"], decision: NO_EXITS }, 0],
  ["changes the mode", { mode: "buy-and-hold", decision: {} }, 0],
  ["drops the pair and changes the mode", { mode: "buy-and-hold", pairs: ["ETH/USDT"], decision: {} }, 1],
])(
  "a position is left by the version that opened it when a later one %s, which enters by itself",
  async (_, second, held) => {
    expect(alone.trade?.reason).toMatch(/^exit-/);
    const changed = await liveOn(second);
    expect(changed.trade).toEqual(alone.trade);
    expect(changed.later.every(({ settingsVersion }) => settingsVersion === 2)).toBe(true);
    // Only the control holds without a stop. It does not buy again after a close.
    expect(changed.later.filter(({ stopLoss }) => stopLoss === null)).toHaveLength(held);
  },
);

it("what is held in the other market of a pair is correlated by its own candles, not by those of the pair's name", async () => {
  const pairs = ["BTC/USDT", "ETH/USDT"];
  const fixture = await createBooksFixture(runtime, { pairs, settings: { ...FIRST, risk: RISK } });
  const { botId, venueId, market } = fixture;
  await runHour(fixture, 0, wishFar(fixture));
  // The spot market of BTC moves like ETH. The open position is in the swap, which does not.
  market.spot.set("BTC/USDT", market.candles.get("ETH/USDT") ?? []);
  await recordMarkets(
    runtime,
    venueId,
    pairs.map((pair) => ({ ...memoryRules(pair), marketType: "spot" as const })),
  );
  await changeSettings(botId, { pairs, marketType: "spot", risk: { ...RISK, correlationMax: 0.9 } });
  await runHour(fixture, 1, wishToEnter(fixture, "ETH/USDT"));
  const orders = await runtime.db.orderIntent.findMany({
    where: { botId },
    include: { market: true, decision: { include: { verdict: true } } },
    orderBy: { intendedAt: "asc" },
  });
  expect(orders.map(({ market: { pair, marketType } }) => `${pair} ${marketType}`)).toEqual([
    "BTC/USDT swap",
    "ETH/USDT spot",
  ]);
  expect(orders[1]?.decision?.verdict?.checks).toContainEqual(
    expect.objectContaining({ rule: "correlation", outcome: "pass", measured: expect.stringMatching(/^-?0\./) }),
  );
});
